using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.KeyVault;

/// <summary>
/// The directory's token endpoint, for the client credentials grant with a secret or a federated credential:
/// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
/// </summary>
internal sealed class EntraLogin(VaultState state)
{
    private const string Scope = EntraTokens.Resource + "/.default";

    // What every federated credential is set up with unless somebody changes it.
    private const string AssertionAudience = "api://AzureADTokenExchange";

    private const string NoRecord = "No matching federated identity record found for presented assertion";

    private static readonly FormRules Rules = new()
    {
        GrantType = "client_credentials",
        Required = ["client_id", "scope"],
        Methods = ClientMethods.Post | ClientMethods.PrivateKeyJwt,
        // The vendor's own libraries tell about themselves in further fields.
        AcceptsOthers = true,
    };

    public Response Token(Incoming request)
    {
        if (!string.Equals(request.Part(0), state.Entra.TenantId, StringComparison.OrdinalIgnoreCase))
        {
            return Refuse(
                400, "invalid_request", 90002, $"Tenant '{request.Part(0)}' not found. Check to make sure you have the correct tenant ID.");
        }

        if (!FormRequest.TryRead(request, out var form, out var unreadable))
        {
            return Refuse(unreadable.Status, unreadable.Error, 900144, unreadable.Description);
        }

        if (form.CheckGrant(Rules.GrantType!) is { } grant)
        {
            return Refuse(400, "unsupported_grant_type", 70003, $"The app requested an unsupported grant type: {grant.Description}.");
        }

        if (form.CheckFields(Rules) is { } field)
        {
            return Refuse(400, "invalid_request", 900144, $"The request body must contain what it needs, once: {field.Description}.");
        }

        if (state.Entra.Clients.FirstOrDefault(c => c.ClientId == form["client_id"]) is not { } client)
        {
            return Refuse(
                400, "unauthorized_client", 700016, $"Application with identifier '{form["client_id"]}' was not found in the directory.");
        }

        return Authenticate(form, client)
            ?? (form["scope"] == Scope
                ? EntraResponse.Token(state.EntraTokens.Issue(client), state.EntraTokens.Lifetime)
                : Refuse(
                    400, "invalid_scope", 70011, $"The provided value for scope {form["scope"]} is not valid; the sandbox knows {Scope}."));
    }

    private Response? Authenticate(FormRequest form, SandboxEntraClient client) => (form["client_secret"], form["client_assertion"]) switch
    {
        (null, null) => Refuse(401, "invalid_client", 7000218, "The request body must contain 'client_assertion' or 'client_secret'."),
        ({ } secret, null) when secret == client.ClientSecret => null,
        (not null, null) =>
            Refuse(401, "invalid_client", 7000215, $"Invalid client secret provided for a secret added to app '{client.ClientId}'."),
        (null, _) when form["client_assertion_type"] != ClientAssertions.Type =>
            Refuse(400, "invalid_request", 900144, $"client_assertion_type must be {ClientAssertions.Type}."),
        (null, { } assertion) => Judge(assertion, client),
        _ => Refuse(400, "invalid_request", 900144, "More than one way of client authentication in one request."),
    };

    private Response? Judge(string text, SandboxEntraClient client) => Read(text, out var problem) switch
    {
        null when problem == FederatedProblem.NotForNow =>
            Refuse(401, "invalid_client", 700024, "Client assertion is not within its valid time range."),
        null => Refuse(401, "invalid_client", 50027, "JWT token is invalid or malformed."),
        var assertion when !assertion.Audiences.Contains(AssertionAudience) =>
            Refuse(401, "invalid_client", 700212, $"{NoRecord} audience '{string.Join(' ', assertion.Audiences)}'."),
        var assertion when client.AcceptsAssertion?.Invoke(assertion) == true => null,
        var assertion => Refuse(401, "invalid_client", 700213, $"{NoRecord} subject '{assertion.Subject}'."),
    };

    private SandboxAssertion? Read(string text, out FederatedProblem problem) =>
        FederatedAssertions.Read(text, state.Clock.GetUtcNow(), out problem);

    private Response Refuse(int status, string error, int number, string message) =>
        EntraResponse.Error(status, error, number, message, state.Clock.GetUtcNow());
}
