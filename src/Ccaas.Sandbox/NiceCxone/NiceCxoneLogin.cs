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

    public Answer Token(Incoming request) => state.Forms.Answer(request, Rules, NiceCxoneAnswer.Error, (form, client) =>
        client.HasAccessKey(form["username"], form["password"])
            ? OAuthAnswer.Token(new
            {
                access_token = state.Tokens.Issue(client),
                token_type = "bearer",
                refresh_token = state.Tokens.IssueRefreshToken(),
                expires_in = state.Tokens.Lifetime,
                id_token = _idToken.Issue(request, client),
            })
            : NiceCxoneAnswer.Error(new Refusal(400, "invalid_grant", "the access key is not valid")));

    public Answer UserInfo(Incoming request) => state.Bearers.Answer(request, NiceCxoneAnswer.Error, (_, _) => Answer.Json(200, new
    {
        sub = SandboxUser.Id,
        name = SandboxUser.Name,
        given_name = SandboxUser.GivenName,
        family_name = SandboxUser.FamilyName,
        email = SandboxUser.Email,
    }));
}
