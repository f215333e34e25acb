using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.Genesys;

/// <summary>The API host: who am I, what is my token, and take it back.</summary>
internal sealed class GenesysApi(SandboxState state)
{
    public Answer Organization(Incoming request) => ForTokenOf(request, (_, client) => client.MayReadOrganization
        ? GenesysAnswer.Ok(new
        {
            id = client.OrganizationId,
            name = client.OrganizationName,
            domain = client.OrganizationName.ToLowerInvariant().Replace(' ', '-'),
        })
        : GenesysAnswer.Error(403, "missing.any.permissions", "The client holds none of the permissions that this needs."));

    public Answer Token(Incoming request) => ForTokenOf(request, (_, client) => GenesysAnswer.Ok(new
    {
        organization = new { id = client.OrganizationId, name = client.OrganizationName },
        OAuthClient = new { id = client.ClientId },
    }));

    public Answer Revoke(Incoming request) => ForTokenOf(request, (token, _) =>
    {
        state.Tokens.Revoke(token);
        return GenesysAnswer.NoContent();
    });

    private Answer ForTokenOf(Incoming request, Func<string, SandboxClient, Answer> answer)
    {
        const string Scheme = "Bearer ";
        var authorization = request.Header("Authorization") ?? "";
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return GenesysAnswer.Error(401, "authentication.required", "No bearer token came with the request.");
        }

        var token = authorization[Scheme.Length..];
        if (state.Tokens.Find(token) is not { } found)
        {
            return GenesysAnswer.Error(401, "bad.credentials", "The token is not one of ours, or was revoked.");
        }

        if (found.Expired)
        {
            return GenesysAnswer.Error(401, "credentials.expired", "The token has expired.");
        }

        if (request.Query.Length > 0 || request.Body.Length > 0)
        {
            return GenesysAnswer.Error(400, "bad.request", "The sandbox expects neither a query nor a body here.");
        }

        return answer(token, found.Client);
    }
}
