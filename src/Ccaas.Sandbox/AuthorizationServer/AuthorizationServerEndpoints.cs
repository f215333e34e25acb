using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.AuthorizationServer;

/// <summary>An OAuth 2.0 server that no vendor's habits have touched: what the RFCs say, all of it, and nothing besides.</summary>
internal static class AuthorizationServerEndpoints
{
    public const string Prefix = "/as";

    public static IEnumerable<Endpoint> Create(SandboxState state)
    {
        var tokens = new AuthorizationServerTokens(state);
        return
        [
            new Endpoint("GET", Prefix + "/.well-known/openid-configuration", AuthorizationServerMetadata.Respond),
            // RFC 8414 section 3.1: the issuer's path comes after the well-known one.
            new Endpoint("GET", "/.well-known/oauth-authorization-server" + Prefix, AuthorizationServerMetadata.Respond),
            new Endpoint("POST", Prefix + "/token", tokens.Token),
            new Endpoint("POST", Prefix + "/revoke", tokens.Revoke),
            new Endpoint("POST", Prefix + "/introspect", tokens.Introspect),
        ];
    }
}
