using System.Text;

namespace Ccaas.Action.Stores.AwsSecretsManager;

/// <summary>
/// Texts of elements in an answer of AWS's query protocol, by their names: the answer is flat enough for that, and the
/// framework's reader of XML would add to the executable more than all the rest of this store.
/// </summary>
/// <param name="body">XML, or anything else; bounded by whoever received it.</param>
internal sealed class QueryAnswer(ReadOnlyMemory<byte> body)
{
    private readonly string _text = Encoding.UTF8.GetString(body.Span);

    /// <returns>
    /// The text of the first element of that name; null when there is none, or it holds more than text. Comments, CDATA and
    /// document types are nothing that AWS sends: an answer with one is not read at all.
    /// </returns>
    public string? this[string element]
    {
        get
        {
            if (_text.Contains("<!", StringComparison.Ordinal))
            {
                return null;
            }

            var (opening, closing) = ($"<{element}>", $"</{element}>");
            var start = _text.IndexOf(opening, StringComparison.Ordinal);
            var rest = start < 0 ? "" : _text[(start + opening.Length)..];
            var end = rest.IndexOf('<', StringComparison.Ordinal);
            return end >= 0 && rest[end..].StartsWith(closing, StringComparison.Ordinal) ? Plain(rest[..end].Trim()) : null;
        }
    }

    // The five entities of XML; the ampersand last, so that what it stands before is not read twice.
    private static string Plain(string text) => text
        .Replace("&lt;", "<", StringComparison.Ordinal)
        .Replace("&gt;", ">", StringComparison.Ordinal)
        .Replace("&quot;", "\"", StringComparison.Ordinal)
        .Replace("&apos;", "'", StringComparison.Ordinal)
        .Replace("&amp;", "&", StringComparison.Ordinal);
}
