using System.Text.Json;

namespace Ccaas.Action.Http;

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
