using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.AuthorizationServer;

/// <summary>Tokens are issued (RFC 6749 section 4.4), taken back (RFC 7009) and looked into (RFC 7662).</summary>
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
