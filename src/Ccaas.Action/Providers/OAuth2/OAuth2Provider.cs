namespace Ccaas.Action.Providers.OAuth2;

/// <summary>Any OAuth 2.0 server: the inputs or the server's metadata have everything.</summary>
internal sealed class OAuth2Provider : Provider
{
    public override string Name => "oauth2";

    public override string Title => "OAuth 2.0";

    public override TokenPlan Plan(InputReader inputs)
    {
        var server = inputs.Server(token: null) with { Issuer = inputs.Issuer(Input.Issuer) };
        if (!inputs.Given(Input.TokenUrl) && !inputs.Given(Input.Issuer))
        {
            inputs.Problems.Add(Input.TokenUrl,
                "missing; give the server's token endpoint, or its issuer, whose metadata names the endpoint.");
        }

        var client = inputs.Client("where the client was registered", Enum.GetValues<ClientAuthenticationMethod>());
        return new TokenPlan
        {
            Provider = Name,
            // People know the server by its host.
            ProviderTitle = (server.TokenEndpoint ?? server.IssuerAddress) is { } address ? PlainText.Host(address) : "An OAuth 2.0 server",
            Server = server,
            Client = client,
            Grant = new TokenGrant(GrantParameters.Read(inputs)),
            Api = new ApiAddress { Base = inputs.Api() },
            TokenErrors = OAuth2Errors.Of(client.Authentication),
        };
    }
}

/// <summary>The likeliest meaning of <c>invalid_client</c> (RFC 6749 §5.2) depends on the client authentication method.</summary>
internal static class OAuth2Errors
{
    public static IReadOnlyList<KnownError> Of(ClientAuthenticationMethod method)
    {
        var (cause, remedy) = method switch
        {
            ClientAuthenticationMethod.PrivateKeyJwt => (
                "the server does not know the private key's public half, or expects another algorithm, key id or audience in the "
                    + "assertion.",
                "check that the key's public half is registered for this client; then key-id, signing-algorithm, this machine's clock, "
                    + "and assertion-type: servers of the newer profile want client-authentication+jwt with their issuer as audience, "
                    + "the others JWT with the token endpoint or the issuer (assertion-audience)."),
            ClientAuthenticationMethod.TlsClientAuth => (
                "the server does not know the certificate for this client, or something in between ended the TLS connection and did not "
                    + "pass it on.",
                "check which certificate, subject or authority is registered for the client, and that no inspecting proxy stands in the "
                    + "way."),
            _ => (
                "client-id or client-secret is wrong, or the server expects them sent in another way.",
                "compare both with the client's registration; then try client-authentication: basic-raw (id and secret unencoded) or "
                    + "post (in the form)."),
        };
        var refused = new KnownError(
            ExitCode.CredentialsRefused, "The client was refused", cause, remedy, "the-client-was-refused")
        { Code = "invalid_client" };
        // The code of OpenIddict for an assertion with another audience.
        return method == ClientAuthenticationMethod.PrivateKeyJwt ? [refused, refused with { Code = "invalid_token" }] : [refused];
    }
}
