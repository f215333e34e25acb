namespace Ccaas.Action.OAuth;

/// <summary>
/// Finds the endpoints of an authorization server in its metadata: OpenID Connect Discovery §4 first, because most servers
/// publish that, RFC 8414 §3 where there is none. What the inputs gave is not asked for.
/// </summary>
internal sealed class ServerDiscovery(HttpExchange http, ResponseErrors errors, IRunLog log, UntrustedText untrustedText)
{
    private static KnownError[] MetadataErrors { get; } =
    [
        new(ExitCode.ServerFailed, "The issuer publishes no metadata",
            "the issuer is mistyped, or its server has no discovery.",
            "check issuer; or give token-url in its place.",
            "not-found-at-this-address")
        { Status = 404 },

        new(ExitCode.NotPermitted, "The issuer's metadata was refused",
            "a gateway or a firewall does not let this runner read it; no client is involved yet.",
            "check from where the issuer may be reached; or give token-url in its place.",
            "permission-was-refused")
        { Status = 403 },
    ];

    /// <param name="request">The inputs' endpoints, and the client certificate.</param>
    /// <param name="revocationWanted">Whether the revocation endpoint is needed.</param>
    /// <param name="cancellation">Canceled with the job.</param>
    /// <exception cref="OperationCanceledException">The job was canceled.</exception>
    public async Task<ServerEndpoints> FindAsync(TokenRequest request, bool revocationWanted, CancellationToken cancellation)
    {
        var server = request.Plan.Server;
        var isComplete = server.TokenEndpoint is not null && (server.RevocationEndpoint is not null || !revocationWanted);
        if (server.IssuerAddress is not { } issuer || isComplete)
        {
            return new ServerEndpoints(server.TokenEndpoint!, server.RevocationEndpoint);
        }

        foreach (var (address, isLast) in new[] { (OpenIdConfiguration(issuer), false), (OAuthMetadata(issuer), true) })
        {
            using var metadataRequest = new HttpRequestMessage(HttpMethod.Get, address);
            var reply = await http.SendAsync(metadataRequest, new AttemptInfo("Discovery") { KnownErrors = MetadataErrors }, cancellation);
            if (reply.IsSuccess)
            {
                return Read(reply, address, server, request.Http.ClientCertificate is not null);
            }

            if (isLast || reply.Status != HttpStatusCode.NotFound)
            {
                throw errors.Explain(reply, address, "the request for the issuer's metadata");
            }
        }

        throw new InvalidOperationException("The last address always returns or throws.");
    }

    private static Uri OpenIdConfiguration(Uri issuer) =>
        new($"{issuer.GetLeftPart(UriPartial.Path).TrimEnd('/')}/.well-known/openid-configuration");

    // RFC 8414 §3.1: between the host and the issuer's path.
    private static Uri OAuthMetadata(Uri issuer) =>
        new($"{issuer.GetLeftPart(UriPartial.Authority)}/.well-known/oauth-authorization-server{issuer.AbsolutePath.TrimEnd('/')}");

    private ServerEndpoints Read(HttpReply reply, Uri address, AuthorizationServer server, bool hasCertificate)
    {
        if (ServerMetadata.Parse(reply.Body, hasCertificate) is not { } metadata)
        {
            throw InvalidResponse(address, "is not the JSON of a server's metadata");
        }

        // RFC 8414 §3.3: identical, otherwise the document may belong to another server.
        if (metadata.Issuer is null || !metadata.Issuer.Equals(server.Issuer, StringComparison.Ordinal))
        {
            throw OtherIssuer(address, metadata.Issuer);
        }

        var token = server.TokenEndpoint ?? EndpointRule.Named(metadata.TokenEndpoint);
        if (token is null)
        {
            throw InvalidResponse(address, "names no token_endpoint that credentials may be sent to (https, or http on loopback)");
        }

        log.Info($"Discovered the endpoints of the issuer at {PlainText.Host(address)}");
        // An address that credentials may not be sent to is ignored.
        return new ServerEndpoints(token, server.RevocationEndpoint ?? EndpointRule.Named(metadata.RevocationEndpoint))
        {
            Introspection =
            EndpointRule.Named(metadata.IntrospectionEndpoint)
        };
    }

    private FailureException OtherIssuer(Uri address, string? issuer) =>
        new(ExitCode.ServerFailed, "The metadata belongs to another issuer",
        issuer is null
            ? $"The metadata at {PlainText.Host(address)} names no issuer."
            : $"The metadata at {PlainText.Host(address)} belongs to the issuer {untrustedText.Clean(issuer, 120)}, which is not the one "
                + "that was given. No credentials were sent.",
        issuer is null
            ? "the address is not an issuer's, or its server does not follow RFC 8414."
            : "the issuer was given with another host, path or slash at its end than the server uses; they must be the same to the letter.",
        "give the issuer exactly as the server writes it, if you know that server to be the right one; or give token-url and no issuer.",
        "the-metadata-belongs-to-another-issuer");

    private static FailureException InvalidResponse(Uri address, string what) => new(ExitCode.ServerFailed, "The response is invalid",
        $"The response of {PlainText.Host(address)} {what}.",
        "the address is not an issuer, or a proxy or a sign-in page responded in its place.",
        "check issuer; or give token-url in its place.",
        "the-response-is-invalid");
}

/// <summary>The endpoints after discovery.</summary>
/// <param name="Token">The token endpoint.</param>
/// <param name="Revocation">The revocation endpoint of RFC 7009; null when none is known.</param>
internal sealed record ServerEndpoints(Uri Token, Uri? Revocation)
{
    /// <summary>RFC 7662; null when the metadata has none or was not requested.</summary>
    public Uri? Introspection { get; init; }
}

/// <summary>The needed fields of an authorization server's metadata, RFC 8414 §2; OpenID Connect Discovery has the same names.</summary>
/// <param name="Issuer">The issuer, exactly as in the document.</param>
/// <param name="TokenEndpoint">RFC 6749 §3.2.</param>
/// <param name="RevocationEndpoint">RFC 7009 §2.</param>
/// <param name="IntrospectionEndpoint">RFC 7662 §2.</param>
internal sealed record ServerMetadata(string? Issuer, string? TokenEndpoint, string? RevocationEndpoint, string? IntrospectionEndpoint)
{
    /// <param name="body">The document.</param>
    /// <param name="hasCertificate">Whether the client has a certificate, for which there may be other endpoints (RFC 8705 §5).</param>
    /// <returns>Null when it is no JSON object.</returns>
    public static ServerMetadata? Parse(ReadOnlyMemory<byte> body, bool hasCertificate) => JsonField.Read(body, root =>
    {
        var aliases = hasCertificate && root.TryGetProperty("mtls_endpoint_aliases", out var value)
            && value.ValueKind == JsonValueKind.Object ? value : root;
        return new ServerMetadata(JsonField.Text(root, "issuer"), Endpoint("token_endpoint"), Endpoint("revocation_endpoint"),
            Endpoint("introspection_endpoint"));

        string? Endpoint(string name) => JsonField.Text(aliases, name) ?? JsonField.Text(root, name);
    });
}
