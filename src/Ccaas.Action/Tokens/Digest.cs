using System.Text;

namespace Ccaas.Action.Tokens;

/// <summary>A short name for a list of texts: the first 128 bits of their SHA-256 digest, in hex. For names of files and the like; no secret goes in.</summary>
internal static class Digest
{
    public static string Of(IEnumerable<string> texts) =>
        // Each with its length before it, so that no two lists read the same.
        Convert.ToHexStringLower(Sha256.Hash(Encoding.UTF8.GetBytes(string.Concat(texts.Select(text => $"{text.Length}:{text}")))).AsSpan(0, 16));
}
