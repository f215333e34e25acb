using System.Text.Json;

namespace Ccaas.Action.Http;

/// <summary>
/// What an error body says, in any of the spellings in use: OAuth's <c>error</c> and <c>error_description</c> (RFC 6749 §5.2),
/// their camel-case variants, Zoom's <c>reason</c>, and the <c>code</c> and <c>message</c> of vendors' APIs. Raw text: clean it before showing it.
/// </summary>
/// <param name="Code">The machine-readable code; null when there is none.</param>
/// <param name="Description">The text for people; null when there is none.</param>
internal sealed record VendorError(string? Code, string? Description)
{
    public static VendorError None { get; } = new(null, null);

    // What is no JSON object is a proxy's or a gateway's page. Its text is not shown: it may echo anything.
    public static VendorError Parse(ReadOnlyMemory<byte> body) => JsonField.Read(body, error => new VendorError(
        First(error, "error", "code"),
        First(error, "error_description", "errorDescription", "description", "reason", "message"))) ?? None;

    // A field of another type than text is as good as absent.
    private static string? First(JsonElement error, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (JsonField.Text(error, name) is { } text)
            {
                return text;
            }
        }

        return null;
    }
}
