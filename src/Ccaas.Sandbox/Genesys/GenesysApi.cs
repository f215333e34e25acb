using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.Genesys;

/// <summary>The API host: who am I, what is my token, and take it back.</summary>
internal sealed class GenesysApi(SandboxState state)
{
    public Answer Organization(Incoming request) => ForTokenOf(request, (_, client) => client.MayReadOrganization
        ? GenesysAnswer.Ok(new
        {
            id = client.OrganizationId,
            name = client.OrganizationName,
            // The Terraform provider reads it of every organization.
            defaultCountryCode = "US",
            defaultLanguage = "en-us",
            domain = client.OrganizationName.ToLowerInvariant().Replace(' ', '-'),
            version = 1,
            state = "active",
            productPlatform = "PureCloud",
            selfUri = "/api/v2/organizations/me",
        })
        : GenesysAnswer.Error(403, "missing.any.permissions", "The client holds none of the permissions that this needs."));

    public Answer Token(Incoming request) => ForTokenOf(request, (_, client) => GenesysAnswer.Ok(new Dictionary<string, object>
    {
        ["organization"] = new { id = client.OrganizationId, name = client.OrganizationName },
        // Not in camel case, other than everything else.
        ["OAuthClient"] = new { id = client.ClientId },
    }));

    public Answer Check(Incoming request) => ForTokenOf(request, (_, _) => GenesysAnswer.NoContent());

    public Answer Revoke(Incoming request) => ForTokenOf(request, (token, _) =>
    {
        state.Tokens.Revoke(token);
        return GenesysAnswer.NoContent();
    });

    private Answer ForTokenOf(Incoming request, Func<string, SandboxClient, Answer> answer) =>
        state.Bearers.Answer(request, Refuse, answer);

    private static Answer Refuse(BearerProblem problem) => problem switch
    {
        BearerProblem.Missing => GenesysAnswer.Error(401, "authentication.required", "No bearer token came with the request."),
        BearerProblem.Unknown => GenesysAnswer.Error(401, "bad.credentials", "The token is not one of ours, or was revoked."),
        BearerProblem.Expired => GenesysAnswer.Error(401, "credentials.expired", "The token has expired."),
        _ => GenesysAnswer.Error(400, "bad.request", "The sandbox expects neither a query nor a body here."),
    };
}
