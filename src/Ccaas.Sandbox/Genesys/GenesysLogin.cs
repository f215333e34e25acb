using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.Genesys;

/// <summary>The token endpoint, for the client credentials grant only. Stricter than the vendor, so that a mistake shows.</summary>
internal sealed class GenesysLogin(SandboxState state)
{
    public Answer Token(Incoming request)
    {
        if (request.MediaType != "application/x-www-form-urlencoded")
        {
            return OAuthAnswer.Error(415, "invalid_request", "the body must be application/x-www-form-urlencoded");
        }

        if (request.Query.Length > 0)
        {
            return Invalid("the token endpoint takes no query");
        }

        if (BasicCredentials.Parse(request.Header("Authorization"), out var problem) is not { } credentials)
        {
            return Invalid(problem);
        }

        var form = FormBody.Parse(request.Body);
        // A scope is refused like any other field: what a client credentials token may do comes from the client's roles.
        if (form.FirstOrDefault(field => field.Key != "grant_type").Key is { } unknown)
        {
            return Invalid($"unknown field: {unknown}");
        }

        if (form.Count != 1)
        {
            return Invalid(form.Count == 0 ? "missing field: grant_type" : "field given twice: grant_type");
        }

        if (form[0].Value != "client_credentials")
        {
            return OAuthAnswer.Error(400, "unsupported_grant_type", "only client_credentials");
        }

        return state.FindClient(credentials.ClientId, credentials.ClientSecret) is { } client
            ? OAuthAnswer.Token(state.Tokens.Issue(client), state.Tokens.Lifetime)
            : OAuthAnswer.Error(400, "invalid_client", "authentication failed");
    }

    private static Answer Invalid(string problem) => OAuthAnswer.Error(400, "invalid_request", problem);
}
