using System.Text.Json;
using Ccaas.Action.Http;

namespace Ccaas.Action.OAuth;

/// <summary>What this program needs of an authorization server's metadata, RFC 8414 §2; the same names as in OpenID Connect Discovery.</summary>
/// <param name="Issuer">Who it belongs to, to the letter.</param>
/// <param name="TokenEndpoint">RFC 6749 §3.2.</param>
/// <param name="RevocationEndpoint">RFC 7009 §2.</param>
internal sealed record ServerMetadata(string? Issuer, string? TokenEndpoint, string? RevocationEndpoint)
{
    /// <param name="body">The document.</param>
    /// <param name="hasCertificate">Whether the client shows a certificate, for which there may be other endpoints (RFC 8705 §5).</param>
    /// <returns>Null when it is no JSON object.</returns>
    public static ServerMetadata? Parse(ReadOnlyMemory<byte> body, bool hasCertificate) => JsonField.Read(body, root =>
    {
        var aliases = hasCertificate && root.TryGetProperty("mtls_endpoint_aliases", out var value) && value.ValueKind == JsonValueKind.Object ? value : root;
        return new ServerMetadata(JsonField.Text(root, "issuer"), Endpoint("token_endpoint"), Endpoint("revocation_endpoint"));

        string? Endpoint(string name) => JsonField.Text(aliases, name) ?? JsonField.Text(root, name);
    });
}
