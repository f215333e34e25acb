using System.Text;

namespace Ccaas.Action.Foundation;

/// <summary>Several texts as one: each with its length in UTF-8 and a colon before it, so that no two lists read the same.</summary>
internal static class JoinedTexts
{
    public static byte[] Of(IEnumerable<string> texts) =>
        Encoding.UTF8.GetBytes(string.Concat(texts.Select(text => $"{Encoding.UTF8.GetByteCount(text)}:{text}")));
}
