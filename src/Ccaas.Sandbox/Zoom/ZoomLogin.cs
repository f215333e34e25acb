using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.Zoom;

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
