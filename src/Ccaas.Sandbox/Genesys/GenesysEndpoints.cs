using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.Genesys;

/// <summary>Genesys Cloud: the login host and the part of the API host that a service account needs for itself.</summary>
internal static class GenesysEndpoints
{
    public static IEnumerable<Endpoint> Create(SandboxState state)
    {
        var login = new GenesysLogin(state);
        var api = new GenesysApi(state);
        return
        [
            new Endpoint("POST", "/oauth/token", login.Token),
            // No such address is known from the vendor, but a tutorial in circulation gives it, so its readers try it.
            new Endpoint("POST", "/api/v2/oauth/token", login.Token),
            new Endpoint("GET", "/api/v2/organizations/me", api.Organization),
            new Endpoint("GET", "/api/v2/tokens/me", api.Token),
            new Endpoint("HEAD", "/api/v2/tokens/me", api.Check),
            new Endpoint("DELETE", "/api/v2/tokens/me", api.Revoke),
        ];
    }
}
