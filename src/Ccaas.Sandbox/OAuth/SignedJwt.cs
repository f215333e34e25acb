using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Ccaas.Sandbox.OAuth;

/// <summary>A JSON Web Token in its compact form (RFC 7515 section 7.1), taken apart and not yet believed.</summary>
internal sealed record SignedJwt(JsonElement Header, JsonElement Claims, byte[] SignedBytes, byte[] Signature)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Null if it is not one.</summary>
    public static SignedJwt? Parse(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 3
            && ReadObject(parts[0]) is { } header
            && ReadObject(parts[1]) is { } claims
            && Decode(parts[2]) is { } signature
            ? new SignedJwt(header, claims, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), signature)
            : null;
    }

    public static string? Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static double? Number(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    /// <summary>One text, or each of a list of them (RFC 7519 section 4.1.3).</summary>
    public static IReadOnlyList<string> Texts(JsonElement from, string name) => from.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => [.. value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!)],
            _ => [],
        }
        : [];

    private static JsonElement? ReadObject(string part)
    {
        if (Decode(part) is not { } bytes)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Written back and compared: the decoder forgives padding, white space and stray bits in the last character.
    private static byte[]? Decode(string part) =>
        Base64Url.IsValid(part) && Base64Url.DecodeFromChars(part) is var bytes && Base64Url.EncodeToString(bytes) == part ? bytes : null;
}
