using System.Globalization;
using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.KeyVault;

/// <summary>
/// The machine's metadata service, which needs no credentials because only the machine reaches it:
/// https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token
/// </summary>
internal sealed class ManagedIdentity(VaultState state)
{
    private const string ApiVersion = "2018-02-01";

    public Response Token(Incoming request)
    {
        var query = FormBody.Parse(request.Query).ToLookup(field => field.Key, field => field.Value);
        // A header that no browser and no forwarding proxy can be talked into, and one that a proxy would add.
        if (request.Header("Metadata") is not { } metadata || !bool.TryParse(metadata, out var asked) || !asked)
        {
            return Refuse("Required metadata header not specified");
        }

        if (request.Header("X-Forwarded-For") is not null)
        {
            return Refuse("The request was forwarded by a proxy");
        }

        if (query["api-version"].FirstOrDefault() != ApiVersion)
        {
            return Refuse($"The sandbox knows api-version={ApiVersion}");
        }

        if (query["resource"].FirstOrDefault()?.TrimEnd('/') != EntraTokens.Resource)
        {
            return Refuse($"Invalid resource; the sandbox knows {EntraTokens.Resource}");
        }

        var wanted = query["client_id"].FirstOrDefault();
        return state.Entra.Clients.FirstOrDefault(c => c.IsManagedIdentity && (wanted is null || c.ClientId == wanted)) is { } client
            ? Issue(client)
            : Refuse("Identity not found");
    }

    // Numbers come as text here, unlike from the directory.
    private Response Issue(SandboxEntraClient client)
    {
        var now = state.Clock.GetUtcNow();
        return OAuthResponse.Token(new
        {
            access_token = state.EntraTokens.Issue(client),
            client_id = client.ClientId,
            expires_in = Text(state.EntraTokens.Lifetime),
            expires_on = Text(now.AddSeconds(state.EntraTokens.Lifetime).ToUnixTimeSeconds()),
            ext_expires_in = Text(state.EntraTokens.Lifetime),
            not_before = Text(now.ToUnixTimeSeconds()),
            resource = EntraTokens.Resource,
            token_type = "Bearer",
        });
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static Response Refuse(string description) =>
        Response.Json(400, new { error = "invalid_request", error_description = description });
}
