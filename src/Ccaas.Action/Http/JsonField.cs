using System.Text.Json;

namespace Ccaas.Action.Http;

/// <summary>Reads one text out of a JSON object of which nothing else matters.</summary>
internal static class JsonField
{
    /// <returns>The text, raw; null when the body is no JSON object, or has no such field, or the field is no text.</returns>
    public static string? Text(ReadOnlyMemory<byte> body, string? name)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Text(document.RootElement, name);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string? Text(JsonElement element, string? name) =>
        name is not null && element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
