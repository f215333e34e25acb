using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.KeyVault;

/// <summary>Azure Key Vault, the directory that it trusts, and a machine's metadata service. A vault is a host, so no prefix.</summary>
internal static class KeyVaultEndpoints
{
    public static IEnumerable<Endpoint> Create(SandboxState shared)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shared.Options.Entra.TokenLifetime);
        var state = new VaultState(shared);
        var requests = new KeyVaultRequests(state);
        var secrets = new KeyVaultSecrets(state, requests);
        var deleted = new KeyVaultDeletedSecrets(state, requests);
        return
        [
            new Endpoint("POST", "/{tenant}/oauth2/v2.0/token", new EntraLogin(state).Token),
            new Endpoint("GET", "/metadata/identity/oauth2/token", new ManagedIdentity(state).Token),
            new Endpoint("PUT", "/secrets/{name}", secrets.Set),
            new Endpoint("GET", "/secrets/{name}", secrets.Get),
            // The vendor's client for .NET writes the slash before a version that it does not name.
            new Endpoint("GET", "/secrets/{name}/", secrets.Get),
            new Endpoint("DELETE", "/secrets/{name}", secrets.Delete),
            new Endpoint("GET", "/secrets/{name}/versions", secrets.Versions),
            new Endpoint("GET", "/secrets/{name}/{version}", secrets.Get),
            new Endpoint("PATCH", "/secrets/{name}/{version}", secrets.Update),
            new Endpoint("GET", "/deletedsecrets/{name}", deleted.Get),
            new Endpoint("DELETE", "/deletedsecrets/{name}", deleted.Purge),
            new Endpoint("POST", "/deletedsecrets/{name}/recover", deleted.Recover),
        ];
    }
}
