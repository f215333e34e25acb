namespace Ccaas.Action.OAuth;

/// <summary>How the client authenticates at the token and the revocation endpoint, RFC 6749 §2.3.</summary>
internal static class ClientAuthentication
{
    /// <summary>Adds client authentication to the request; each call makes a new assertion.</summary>
    /// <param name="client">Null: no client authentication.</param>
    /// <param name="request">Gets the Authorization header.</param>
    /// <param name="audience">The token endpoint: the default audience of an assertion.</param>
    /// <param name="masker">Masks the assertion.</param>
    /// <param name="now">The time of an assertion.</param>
    /// <returns>The form fields of client authentication.</returns>
    public static IEnumerable<KeyValuePair<string,
        string>> Apply(OAuthClient? client, HttpRequestMessage request, Uri audience, Masker masker, DateTimeOffset now)
    {
        switch (client)
        {
            case null:
                return [];
            case { Authentication: ClientAuthenticationMethod.Basic, Secret: { } secret }:
                request.Headers.Authorization = Basic(FormEncode(client.Id), FormEncode(secret.Reveal()));
                return [];
            case { Authentication: ClientAuthenticationMethod.BasicRaw, Secret: { } secret }:
                request.Headers.Authorization = Basic(client.Id, secret.Reveal());
                return [];
            case { Authentication: ClientAuthenticationMethod.Post, Secret: { } secret }:
                return [new("client_id", client.Id), new("client_secret", secret.Reveal())];
            case { Authentication: ClientAuthenticationMethod.PrivateKeyJwt, Key: { } key }:
                var assertion = ClientAssertion.Sign(client.Id, key, key.Audience ?? audience.AbsoluteUri, now);
                // It is valid for a minute, and only with its signature, so this one form is enough. The payload contains the token URL,
                // whose path is not shown anywhere.
                masker.MaskAsIs(assertion.Split('.')[1..].Select(part => new Secret(part)));
                return
                [
                    new("client_id", client.Id),
                    new("client_assertion_type", ClientAssertion.Type),
                    new("client_assertion", assertion),
                ];
            case { Authentication: ClientAuthenticationMethod.TlsClientAuth }:
                return [new("client_id", client.Id)];
            default:
                throw new InvalidOperationException("The client lacks what its authentication method needs.");
        }
    }

    /// <summary>Every form of the pair of id and secret, to be masked like the secret.</summary>
    public static IEnumerable<Secret> Pairs(OAuthClient? client)
    {
        if (client?.Secret is not { } secret)
        {
            return [];
        }

        var raw = Pair(client.Id, secret.Reveal());
        var encoded = Pair(FormEncode(client.Id), FormEncode(secret.Reveal()));
        return new[] { encoded, encoded.TrimEnd('='), raw, raw.TrimEnd('=') }.SelectMany(pair => DerivedForms.Wrapped(pair).Prepend(pair))
            .Distinct(StringComparer.Ordinal).Select(pair => new Secret(pair));
    }

    private static AuthenticationHeaderValue Basic(string id, string secret) => new("Basic", Pair(id, secret));

    /// <summary>application/x-www-form-urlencoded: a space becomes a plus sign.</summary>
    private static string FormEncode(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    private static string Pair(string id, string secret) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}"));
}

/// <summary>
/// A JSON Web Token that authenticates the client by its private key, RFC 7523 §3. It is for one server, valid for a minute and
/// for one request: servers remember its id.
/// </summary>
internal static class ClientAssertion
{
    /// <summary>The value of <c>client_assertion_type</c>, RFC 7523 §2.2.</summary>
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(1);

    /// <exception cref="CryptographicException">The key is invalid; that was checked when the inputs were read.</exception>
    public static string Sign(string clientId, SigningKey key, string audience, DateTimeOffset now)
    {
        var header = new JsonText().Add("alg", key.Algorithm.ToString()).Add("typ", key.AssertionType).Add("kid", key.Id);
        var claims = new JsonText().Add("iss", clientId).Add("sub", clientId).Add("aud", audience).Add("jti", $"{Guid.NewGuid()}")
            .Add("iat", now.ToUnixTimeSeconds()).Add("exp", Durations.After(now, Lasts).ToUnixTimeSeconds());
        var signed = $"{Base64Url.EncodeToString(header.ToBytes())}.{Base64Url.EncodeToString(claims.ToBytes())}";
        return $"{signed}.{Base64Url.EncodeToString(Signature(key, Encoding.ASCII.GetBytes(signed)))}";
    }

    private static byte[] Signature(SigningKey key, byte[] data)
    {
        if (key.Algorithm == SigningAlgorithm.ES256)
        {
            using var ecdsa = ECDsa.Create();
            ecdsa.ImportFromPem(key.Pem.Reveal());
            // Two numbers side by side, not ASN.1: RFC 7518 §3.4.
            return ecdsa.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }

        using var rsa = RSA.Create();
        rsa.ImportFromPem(key.Pem.Reveal());
        return rsa.SignData(data, HashAlgorithmName.SHA256, key.Algorithm == SigningAlgorithm.PS256
            ? RSASignaturePadding.Pss
            : RSASignaturePadding.Pkcs1);
    }
}

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
