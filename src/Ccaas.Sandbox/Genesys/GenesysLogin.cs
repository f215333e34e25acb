using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.Genesys;

/// <summary>The token endpoint, for the client credentials grant only. Stricter than the vendor, so that a mistake shows.</summary>
internal sealed class GenesysLogin(SandboxState state)
{
    // A scope is refused like any other field: what a client credentials token may do comes from the client's roles.
    private static readonly FormRules Rules = new() { GrantType = "client_credentials", Methods = ClientMethods.Basic };

    public Response Token(Incoming request)
    {
        if (!FormRequest.TryRead(request, out var form, out var unreadable))
        {
            return GenesysLoginResponse.Error(unreadable);
        }

        // Not the common way of a form: this vendor has no 401 for a client that it does not know.
        if (BasicCredentials.Parse(request.Header("Authorization"), out var problem) is not { } credentials)
        {
            return GenesysLoginResponse.Error(Refusal.InvalidRequest(problem));
        }

        if ((form.CheckFields(Rules) ?? form.CheckGrant("client_credentials")) is { } refusal)
        {
            return GenesysLoginResponse.Error(refusal);
        }

        return state.Clients.FirstOrDefault(c => credentials.IsIdOf(c, raw: true) && credentials.IsSecretOf(c, raw: true)) is { } client
            ? OAuthResponse.Token(new
            {
                access_token = state.Tokens.Issue(client),
                token_type = "bearer",
                expires_in = state.Tokens.Lifetime,
            })
            : GenesysLoginResponse.Error(new Refusal(400, "invalid_client", "authentication failed"));
    }
}
