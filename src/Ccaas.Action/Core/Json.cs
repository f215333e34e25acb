namespace Ccaas.Action.Core;

/// <summary>
/// Reads single fields of a JSON object. Without a serializer: the framework's would add a tenth to the size of the native
/// executable, and a millisecond to its start.
/// </summary>
internal static class JsonField
{
    /// <param name="body">Untrusted bytes.</param>
    /// <param name="read">Reads the fields.</param>
    /// <returns>The result of <paramref name="read"/>; null when the body is not a JSON object, or contains invalid text (an
    /// unpaired surrogate).</returns>
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

    /// <returns>The field's text, not made safe; null when the body is not a JSON object with such a text.</returns>
    public static string? Text(ReadOnlyMemory<byte> body, string? name) => name is null ? null : Read(body, root => Text(root, name));

    /// <exception cref="InvalidOperationException">The text is invalid; <see cref="Read"/> catches it.</exception>
    public static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>
/// Writes a JSON object (RFC 8259). The framework's writer first builds tables of the characters to escape, which costs time in
/// every step that caches a token.
/// </summary>
internal sealed class JsonText
{
    private readonly StringBuilder _text = new();

    /// <param name="name">The field's name.</param>
    /// <param name="value">Its text; null omits the field.</param>
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
