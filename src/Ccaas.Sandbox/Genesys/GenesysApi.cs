using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.Genesys;

/// <summary>The API host: who am I, what is my token, and take it back.</summary>
internal sealed class GenesysApi(SandboxState state)
{
    public Response Organization(Incoming request) => ForTokenOf(request, (_, client) => client.MayReadOrganization
        ? GenesysResponse.Ok(new
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
        : GenesysResponse.Error(403, "missing.any.permissions", "The client holds none of the permissions that this needs."));

    public Response Token(Incoming request) => ForTokenOf(request, (_, client) => GenesysResponse.Ok(new Dictionary<string, object>
    {
        ["organization"] = new { id = client.OrganizationId, name = client.OrganizationName },
        // Not in camel case, other than everything else.
        ["OAuthClient"] = new { id = client.ClientId },
    }));

    public Response Check(Incoming request) => ForTokenOf(request, (_, _) => GenesysResponse.NoContent());

    public Response Revoke(Incoming request) => ForTokenOf(request, (token, _) =>
    {
        state.Tokens.Revoke(token);
        return GenesysResponse.NoContent();
    });

    private Response ForTokenOf(Incoming request, Func<string, SandboxClient, Response> response) =>
        state.Bearers.Respond(request, Refuse, response);

    private static Response Refuse(BearerProblem problem) => problem switch
    {
        BearerProblem.Missing => GenesysResponse.Error(401, "authentication.required", "No bearer token came with the request."),
        BearerProblem.Unknown => GenesysResponse.Error(401, "bad.credentials", "The token is not one of ours, or was revoked."),
        BearerProblem.Expired => GenesysResponse.Error(401, "credentials.expired", "The token has expired."),
        _ => GenesysResponse.Error(400, "bad.request", "The sandbox expects neither a query nor a body here."),
    };
}
