using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.NiceCxone;

/// <summary>The issuer: a client and an access key together give a token, and the token tells whose it is.</summary>
internal sealed class NiceCxoneLogin(SandboxState state)
{
    private static readonly FormRules Rules = new()
    {
        GrantType = "password",
        Required = ["username", "password"],
        // The metadata names Basic alone, but applications are registered for the form, too.
        Methods = ClientMethods.Basic | ClientMethods.Post,
        RawBasic = true,
    };

    private readonly NiceCxoneIdToken _idToken = new(state);

    public Response Token(Incoming request) => state.Forms.Respond(request, Rules, NiceCxoneResponse.Error, (form, client) =>
        client.HasAccessKey(form["username"], form["password"])
            ? OAuthResponse.Token(new
            {
                access_token = state.Tokens.Issue(client),
                token_type = "bearer",
                refresh_token = state.Tokens.IssueRefreshToken(),
                expires_in = state.Tokens.Lifetime,
                id_token = _idToken.Issue(request, client),
            })
            : NiceCxoneResponse.Error(new Refusal(400, "invalid_grant", "the access key is not valid")));

    public Response UserInfo(Incoming request) => state.Bearers.Respond(request, NiceCxoneResponse.Error, (_, _) => Response.Json(200, new
    {
        sub = SandboxUser.Id,
        name = SandboxUser.Name,
        given_name = SandboxUser.GivenName,
        family_name = SandboxUser.FamilyName,
        email = SandboxUser.Email,
    }));
}
