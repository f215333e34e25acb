using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.NiceCxone;

/// <summary>No such addresses are known from the vendor, but a tutorial in circulation gives them, so its readers try them.</summary>
internal sealed class NiceCxoneTutorial(SandboxState state)
{
    private static readonly FormRules Rules = new()
    {
        GrantType = "client_credentials",
        Optional = ["scope"],
        Methods = ClientMethods.Basic,
        RawBasic = true,
    };

    public Answer Token(Incoming request) => state.Forms.Answer(request, Rules, OAuthAnswer.Error, (_, client) => OAuthAnswer.Token(new
    {
        access_token = state.Tokens.Issue(client),
        token_type = "Bearer",
        expires_in = state.Tokens.Lifetime,
    }));

    public Answer Account(Incoming request) => state.Bearers.Answer(request, Refuse, (_, client) => client.MayReadOrganization
        ? Answer.Json(200, new { id = client.OrganizationId, name = client.OrganizationName })
        : OAuthAnswer.Error(new Refusal(403, "insufficient_scope", "the client may not read its account")));

    private static Answer Refuse(BearerProblem problem)
    {
        var refusal = NiceCxoneAnswer.Refuse(problem);
        return NiceCxoneAnswer.Challenge(refusal, OAuthAnswer.Error(refusal));
    }
}
