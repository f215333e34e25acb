namespace Ccaas.Action.OAuth;

/// <summary>The OAuth client and how it authenticates, RFC 6749 §2.3.</summary>
/// <param name="Id">The client's id; no secret.</param>
/// <param name="Authentication">The client authentication method.</param>
internal sealed record OAuthClient(string Id, ClientAuthenticationMethod Authentication)
{
    /// <summary>The client secret; null with another method.</summary>
    public Secret? Secret { get; init; }

    /// <summary>The key that signs assertions; null with another method.</summary>
    public SigningKey? Key { get; init; }
}

/// <summary>How a client authenticates at the token endpoint.</summary>
internal enum ClientAuthenticationMethod
{
    /// <summary>HTTP Basic with id and secret form-encoded first, RFC 6749 §2.3.1.</summary>
    Basic,

    /// <summary>HTTP Basic with id and secret unencoded, as in RFC 7617 alone, which some servers expect.</summary>
    BasicRaw,

    /// <summary>Id and secret as fields of the form, RFC 6749 §2.3.1.</summary>
    Post,

    /// <summary>An assertion signed with the client's private key, RFC 7523 §2.2.</summary>
    PrivateKeyJwt,

    /// <summary>The certificate of the TLS connection, RFC 8705 §2; only the id is in the form.</summary>
    TlsClientAuth,
}

/// <summary>A private key and how to sign with it.</summary>
/// <param name="Pem">The key as PEM text.</param>
/// <param name="Algorithm">Fits the key.</param>
internal sealed record SigningKey(Secret Pem, SigningAlgorithm Algorithm)
{
    /// <summary>The server's id of the key (<c>kid</c>); null: not sent.</summary>
    public string? Id { get; init; }

    /// <summary>The assertion's <c>typ</c>: that of RFC 7519 §5.1, or the explicit one of draft-ietf-oauth-rfc7523bis.</summary>
    public string AssertionType { get; init; } = "JWT";

    /// <summary>The assertion's audience (<c>aud</c>); null: the token endpoint.</summary>
    public string? Audience { get; init; }
}

/// <summary>Signatures by the names of RFC 7518 §3.1.</summary>
internal enum SigningAlgorithm
{
    /// <summary>RSA with PKCS #1 version 1.5 padding.</summary>
    RS256,

    /// <summary>RSA with PSS padding.</summary>
    PS256,

    /// <summary>ECDSA on the curve P-256.</summary>
    ES256,
}
