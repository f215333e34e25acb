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

    public Response Token(Incoming request) => state.Forms.Respond(request, Rules, OAuthResponse.Error, (_, client) => OAuthResponse.Token(new
    {
        access_token = state.Tokens.Issue(client),
        token_type = "Bearer",
        expires_in = state.Tokens.Lifetime,
    }));

    public Response Account(Incoming request) => state.Bearers.Respond(request, Refuse, (_, client) => client.MayReadOrganization
        ? Response.Json(200, new { id = client.OrganizationId, name = client.OrganizationName })
        : OAuthResponse.Error(new Refusal(403, "insufficient_scope", "the client may not read its account")));

    private static Response Refuse(BearerProblem problem)
    {
        var refusal = NiceCxoneResponse.Refuse(problem);
        return NiceCxoneResponse.Challenge(refusal, OAuthResponse.Error(refusal));
    }
}
