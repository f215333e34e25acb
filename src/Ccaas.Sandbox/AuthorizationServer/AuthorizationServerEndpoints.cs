using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

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

/// <summary>The server's own description, RFC 8414 section 2.</summary>
internal static class AuthorizationServerMetadata
{
    private static readonly string[] GrantTypes = ["client_credentials"];
    private static readonly string[] Methods = ["client_secret_basic", "client_secret_post", "private_key_jwt", "tls_client_auth"];
    private static readonly string[] Algorithms = ["RS256", "PS256", "ES256"];

    public static Response Respond(Incoming request)
    {
        if (!request.IsBare)
        {
            return OAuthResponse.Error(Refusal.InvalidRequest("the sandbox expects neither a query nor a body here"));
        }

        var issuer = request.Origin + AuthorizationServerEndpoints.Prefix;
        return Http.Response.Json(200, new
        {
            issuer,
            token_endpoint = issuer + "/token",
            revocation_endpoint = issuer + "/revoke",
            introspection_endpoint = issuer + "/introspect",
            grant_types_supported = GrantTypes,
            response_types_supported = Array.Empty<string>(),
            token_endpoint_auth_methods_supported = Methods,
            token_endpoint_auth_signing_alg_values_supported = Algorithms,
            revocation_endpoint_auth_methods_supported = Methods,
            revocation_endpoint_auth_signing_alg_values_supported = Algorithms,
            introspection_endpoint_auth_methods_supported = Methods,
            introspection_endpoint_auth_signing_alg_values_supported = Algorithms,
        });
    }
}

/// <summary>Issues (RFC 6749 section 4.4), revokes (RFC 7009) and introspects (RFC 7662) tokens.</summary>
internal sealed class AuthorizationServerTokens(SandboxState state)
{
    private static readonly FormRules IssueRules = new()
    {
        GrantType = "client_credentials",
        // RFC 8707 section 2.
        Repeatable = ["resource"],
        // Servers know an audience, a tenant, an organization, and what not.
        AcceptsOthers = true,
        Methods = ClientMethods.Basic | ClientMethods.Post | ClientMethods.PrivateKeyJwt | ClientMethods.Tls,
        // RFC 7523 section 3: the issuer may be meant as well as the endpoint.
        AudiencePaths = [AuthorizationServerEndpoints.Prefix + "/token", AuthorizationServerEndpoints.Prefix],
    };

    private static readonly FormRules TokenRules = IssueRules with
    {
        GrantType = null,
        Required = ["token"],
        Optional = ["token_type_hint"],
        Repeatable = [],
        AcceptsOthers = false,
    };

    public Response Token(Incoming request) => state.Forms.Respond(request, IssueRules, OAuthResponse.Error, (form, client) =>
    {
        var access_token = state.Tokens.Issue(client);
        var expires_in = state.Tokens.Lifetime;
        return OAuthResponse.Token(form["scope"] is { } scope
            ? new { access_token, token_type = "Bearer", expires_in, scope }
            : new { access_token, token_type = "Bearer", expires_in });
    });

    public Response Revoke(Incoming request) => state.Forms.Respond(request, TokenRules, OAuthResponse.Error, (form, client) =>
        state.Tokens.TryRevoke(form["token"]!, client)
            ? Response.Empty(200)
            : OAuthResponse.Error(Refusal.InvalidRequest("the token belongs to another client")));

    public Response Introspect(Incoming request) => state.Forms.Respond(request, TokenRules, OAuthResponse.Error, (form, _) =>
        OAuthResponse.Token(state.Tokens.Find(form["token"]!) is { Expired: false } token
            ? new { active = true, client_id = token.Client.ClientId, exp = token.ExpiresAt.ToUnixTimeSeconds(), token_type = "Bearer" }
            : new { active = false }));
}
