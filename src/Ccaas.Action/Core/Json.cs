namespace Ccaas.Action.Core;

/// <summary>
/// Reads what little is needed of a JSON object. Without a serializer: the one of the framework would add a tenth to a native
/// executable, and a millisecond to its start.
/// </summary>
internal static class JsonField
{
    /// <param name="body">JSON, or anything else.</param>
    /// <param name="read">Takes from the object what is wanted.</param>
    /// <returns>What was read; null when the body is no JSON object, or holds text that is none (an unpaired surrogate).</returns>
    public static T? Read<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? read(document.RootElement) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <returns>The field's text, raw; null when the body is no JSON object, or has no such field, or the field is no text.</returns>
    public static string? Text(ReadOnlyMemory<byte> body, string? name) => name is null ? null : Read(body, root => Text(root, name));

    /// <exception cref="InvalidOperationException">The text is none; <see cref="Read"/> sees to that.</exception>
    public static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>
/// Writes a JSON object (RFC 8259). The framework's writer builds tables of the characters to escape before it writes its first
/// one, which costs time in every step that caches a token.
/// </summary>
internal sealed class JsonText
{
    private readonly StringBuilder _text = new();

    /// <param name="name">The field.</param>
    /// <param name="value">Its text; null: the field is left out.</param>
    public JsonText Add(string name, string? value) => value is null ? this : AddRaw(name, Quote(value));

    public JsonText Add(string name, long value) => AddRaw(name, value.ToString(CultureInfo.InvariantCulture));

    public JsonText Add(string name, bool value) => AddRaw(name, value ? "true" : "false");

    public JsonText Add(string name, JsonText value) => AddRaw(name, value.ToString());

    public JsonText Add(string name, IEnumerable<JsonText> values) => AddRaw(name, $"[{string.Join(',', values)}]");

    public override string ToString() => $"{{{_text}}}";

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

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
