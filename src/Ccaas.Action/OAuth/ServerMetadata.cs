using System.Text.Json.Serialization;

namespace Ccaas.Action.OAuth;

/// <summary>What this program needs of an authorization server's metadata, RFC 8414 §2; the same names as in OpenID Connect Discovery.</summary>
internal sealed record ServerMetadata
{
    [JsonPropertyName("issuer")]
    public string? Issuer { get; init; }

    [JsonPropertyName("token_endpoint")]
    public string? TokenEndpoint { get; init; }

    [JsonPropertyName("revocation_endpoint")]
    public string? RevocationEndpoint { get; init; }

    /// <summary>The same endpoints for a client that proves itself by a certificate, RFC 8705 §5; null: no others.</summary>
    [JsonPropertyName("mtls_endpoint_aliases")]
    public ServerMetadata? ForCertificates { get; init; }
}

[JsonSerializable(typeof(ServerMetadata))]
internal sealed partial class MetadataJson : JsonSerializerContext;
