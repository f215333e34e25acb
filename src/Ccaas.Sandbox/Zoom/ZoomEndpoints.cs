using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.Zoom;

/// <summary>Zoom: server-to-server OAuth, and the one question that tells whether a token works.</summary>
internal static class ZoomEndpoints
{
    public const string Prefix = "/zoom";

    public static IEnumerable<Endpoint> Create(SandboxState state)
    {
        var login = new ZoomLogin(state);
        var api = new ZoomApi(state);
        return
        [
            new Endpoint("POST", Prefix + "/oauth/token", login.Token),
            new Endpoint("POST", Prefix + "/oauth/revoke", login.Revoke),
            new Endpoint("GET", Prefix + "/v2/users/me", api.Me),
        ];
    }
}

/// <summary>The token endpoint, with a grant of the vendor's own: the account is named beside the client.</summary>
internal sealed class ZoomLogin(SandboxState state)
{
    private static readonly FormRules IssueRules = new()
    {
        GrantType = "account_credentials",
        Required = ["account_id"],
        Methods = ClientMethods.Basic,
        RawBasic = true,
    };

    private static readonly FormRules RevokeRules = new()
    {
        Required = ["token"],
        Optional = ["token_type_hint"],
        Methods = ClientMethods.Basic,
        RawBasic = true,
    };

    public Response Token(Incoming request) => state.Forms.Respond(request, IssueRules, Refuse, (form, client) =>
        form["account_id"] == client.Account
            ? OAuthResponse.Token(new
            {
                access_token = state.Tokens.Issue(client),
                token_type = "bearer",
                expires_in = state.Tokens.Lifetime,
                scope = client.MayReadOrganization ? ZoomApi.Scope : "",
                api_url = request.Origin + ZoomEndpoints.Prefix,
            })
            : Error(400, "invalid_request", "Bad Request"));

    public Response Revoke(Incoming request) => state.Forms.Respond(request, RevokeRules, Refuse, (form, client) =>
        state.Tokens.TryRevoke(form["token"]!, client)
            ? OAuthResponse.Token(new { status = "success" })
            : Error(400, "invalid_request", "the token belongs to another client"));

    private static Response Refuse(Refusal refusal) => refusal.Error switch
    {
        "invalid_client" => Error(400, refusal.Error, "Invalid client_id or client_secret"),
        "unsupported_grant_type" => Error(400, refusal.Error, "unsupported grant type"),
        _ => Error(refusal.Status, refusal.Error, refusal.Description),
    };

    private static Response Error(int status, string error, string reason) =>
        OAuthResponse.Error(new Refusal(status, error, reason), new { reason, error });
}

/// <summary>The API host: who am I, and of which account.</summary>
internal sealed class ZoomApi(SandboxState state)
{
    public const string Scope = "user:read:user:admin";

    public Response Me(Incoming request) => state.Bearers.Respond(request, Refuse, (_, client) => client.MayReadOrganization
        ? Response.Json(200, new
        {
            id = SandboxUser.Id,
            account_id = client.Account,
            email = SandboxUser.Email,
            company = client.OrganizationName,
        })
        : Error(400, 4711, $"Invalid access token, does not contain scopes:[{Scope}]."));

    private static Response Refuse(BearerProblem problem) => problem == BearerProblem.NotBare
        ? Error(400, 300, "The sandbox expects neither a query nor a body here.")
        : Error(401, 124, "Invalid access token.");

    private static Response Error(int status, int code, string message) => Response.Json(status, new { code, message });
}
