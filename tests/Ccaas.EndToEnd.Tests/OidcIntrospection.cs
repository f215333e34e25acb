using System.Text.Json;

namespace Ccaas.EndToEnd.Tests;

/// <summary>What the authorization server says about a token, RFC 7662.</summary>
/// <param name="IsActive">Whether it is worth anything; all else is empty when it is not.</param>
/// <param name="ClientId">Whose it is.</param>
/// <param name="Scope">What it is for.</param>
/// <param name="Audience">Where it is for.</param>
/// <param name="Thumbprint">SHA-256 of the certificate that it is bound to, in base64url (RFC 8705 §3.1).</param>
/// <param name="Asked">The fields that it was asked for with, save those that prove the client.</param>
internal sealed record OidcIntrospection(
    bool IsActive, string? ClientId, string? Scope, string? Audience, string? Thumbprint, IReadOnlyDictionary<string, string> Asked)
{
    public static OidcIntrospection Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var asked = root.TryGetProperty("asked", out var fields)
            ? fields.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.GetString()!)
            : [];
        var binding = root.TryGetProperty("cnf", out var confirmation) ? Text(confirmation, "x5t#S256") : null;
        return new OidcIntrospection(root.GetProperty("active").GetBoolean(), Text(root, "client_id"), Text(root, "scope"),
            Text(root, "aud"), binding, asked);
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
