using System.Globalization;
using System.Security.Cryptography;
using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.Salesforce;

/// <summary>Salesforce: tokens that do not tell when they end, and an address of one's own.</summary>
internal static class SalesforceEndpoints
{
    // At the vendor, an organization is at the root of its host; and the command-line tool doubles the slash there.
    private static readonly string[] Prefixes = ["/salesforce", "", "/"];

    public static IEnumerable<Endpoint> Create(SandboxState state) => Prefixes.SelectMany(prefix => Create(state, prefix));

    private static IEnumerable<Endpoint> Create(SandboxState state, string prefix)
    {
        var login = new SalesforceLogin(state, prefix);
        var user = new SalesforceUser(state, prefix);
        var api = new SalesforceApi(state, prefix);
        return
        [
            new Endpoint("POST", prefix + "/services/oauth2/token", login.Token),
            new Endpoint("POST", prefix + "/services/oauth2/revoke", login.Revoke),
            new Endpoint("GET", prefix + "/services/oauth2/userinfo", user.Info),
            new Endpoint("GET", prefix + "/id/{organization}/{user}", user.Identity),
            new Endpoint("GET", prefix + "/services/data", _ => SalesforceApi.Versions()),
            new Endpoint("GET", prefix + "/services/data/{version}", api.Resources),
            new Endpoint("GET", prefix + "/services/data/{version}/query", api.Query),
            new Endpoint("GET", prefix + "/services/data/{version}/sobjects/User/{id}", api.User),
        ];
    }
}

/// <summary>The token endpoint and its counterpart, which asks for nothing but the token.</summary>
internal sealed class SalesforceLogin(SandboxState state, string prefix)
{
    private static readonly FormRules IssueRules = new()
    {
        GrantType = "client_credentials",
        Methods = ClientMethods.Basic | ClientMethods.Post,
    };

    private static readonly FormRules RevokeRules = new()
    {
        Required = ["token"],
        Optional = ["token_type_hint"],
        Methods = ClientMethods.None,
    };

    public Response Token(Incoming request) => state.Forms.Respond(request, IssueRules, Refuse, (_, client) => client.MayReadOrganization
        ? Issue(request, client)
        // A token always belongs to a user; a client without rights has no user configured.
        : OAuthResponse.Error(new Refusal(400, "invalid_grant", "no client credentials user enabled")));

    public Response Revoke(Incoming request)
    {
        if (!FormRequest.TryRead(request, out var form, out var unreadable))
        {
            return OAuthResponse.Error(unreadable);
        }

        if (form.CheckFields(RevokeRules) is { } refusal)
        {
            return OAuthResponse.Error(refusal);
        }

        // A client secret is not needed here, and must not be sent.
        if (request.Header("Authorization") is not null)
        {
            return OAuthResponse.Error(Refusal.InvalidRequest("this endpoint takes no client authentication"));
        }

        return state.Tokens.Revoke(form["token"]!)
            ? Response.Empty(200)
            : OAuthResponse.Error(new Refusal(400, "invalid_token", "invalid token"));
    }

    // No expires_in, as with the vendor: a session ends after it was not used for a time.
    private Response Issue(Incoming request, SandboxClient client)
    {
        var organization = SalesforceId.Short(SalesforceId.Organization(client));
        return OAuthResponse.Token(new
        {
            access_token = state.Tokens.Issue(
                client, state.Tokens.Lifetime, () => $"{organization}!{IssuedTokens.RandomText().Replace('-', '.')}"),
            signature = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            instance_url = request.Origin + prefix,
            id = SalesforceUser.Address(request, prefix, client),
            token_type = "Bearer",
            issued_at = state.Clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        });
    }

    private static Response Refuse(Refusal refusal) => OAuthResponse.Error(refusal switch
    {
        _ when refusal == ClientAuthentication.Missing || refusal == ClientAuthentication.UnknownClient =>
            new Refusal(400, "invalid_client_id", "client identifier invalid"),
        { Error: "invalid_client" } => new Refusal(400, "invalid_client", "invalid client credentials"),
        _ => refusal,
    });
}
