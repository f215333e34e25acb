using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.KeyVault;

/// <summary>Deleted secrets that can be had back: https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview</summary>
internal sealed class KeyVaultDeletedSecrets(VaultState state, KeyVaultRequests requests)
{
    public Response Get(Incoming request) => OfDeleted(request, "get", SandboxSecretAccess.Read, secret =>
        (secret, KeyVaultResponse.Ok(KeyVaultBundle.Deleted(request.Origin, secret))));

    public Response Recover(Incoming request) => OfDeleted(request, "recover", SandboxSecretAccess.Delete, secret =>
    {
        var next = secret with { DeletedAt = null, PurgedAt = null };
        return (next, KeyVaultResponse.Ok(KeyVaultBundle.WithoutValue(request.Origin, next, next.Current!)));
    });

    public Response Purge(Incoming request) => OfDeleted(request, "purge", SandboxSecretAccess.Delete, _ =>
        (null, KeyVaultResponse.NoContent()));

    private Response OfDeleted(
        Incoming request, string permission, SandboxSecretAccess needed, Func<SandboxSecret, (SandboxSecret?, Response)> response) =>
        requests.Respond(request, permission, needed, name => state.Store.Change(name, secret =>
            secret is { DeletedAt: not null } ? response(secret) : (secret, KeyVaultResponse.NotFound($"deletedsecrets/{name}"))));
}
