using System.Globalization;
using System.Text;

namespace Ccaas.Action.Http;

/// <summary>
/// Writes a flat JSON object (RFC 8259). The framework's writer sets up tables of the characters to escape before its first
/// letter, which every step that keeps a token would wait for.
/// </summary>
internal sealed class JsonText
{
    private readonly StringBuilder _text = new();

    /// <param name="name">The field.</param>
    /// <param name="value">Its text; null: the field is left out.</param>
    public JsonText Add(string name, string? value) => value is null ? this : AddRaw(name, Quote(value));

    public JsonText Add(string name, long value) => AddRaw(name, value.ToString(CultureInfo.InvariantCulture));

    public JsonText Add(string name, bool value) => AddRaw(name, value ? "true" : "false");

    public byte[] ToBytes() => Encoding.UTF8.GetBytes($"{{{_text}}}");

    private JsonText AddRaw(string name, string value)
    {
        _text.Append(_text.Length > 0 ? "," : "").Append(Quote(name)).Append(':').Append(value);
        return this;
    }

    // RFC 8259 §7: quotes, backslashes and control characters must be escaped, and nothing else.
    private static string Quote(string value)
    {
        var quoted = new StringBuilder(value.Length + 2).Append('"');
        foreach (var character in value)
        {
            _ = character switch
            {
                '"' or '\\' => quoted.Append('\\').Append(character),
                < ' ' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => quoted.Append(character),
            };
        }

        return quoted.Append('"').ToString();
    }
}
