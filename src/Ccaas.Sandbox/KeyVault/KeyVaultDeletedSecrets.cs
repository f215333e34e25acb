using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.KeyVault;

/// <summary>Deleted secrets that can be had back: https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview</summary>
internal sealed class KeyVaultDeletedSecrets(VaultState state, KeyVaultRequests requests)
{
    public Answer Get(Incoming request) => OfDeleted(request, "get", SandboxSecretAccess.Read, secret =>
        (secret, KeyVaultAnswer.Ok(KeyVaultBundle.Deleted(request.Origin, secret))));

    public Answer Recover(Incoming request) => OfDeleted(request, "recover", SandboxSecretAccess.Delete, secret =>
    {
        var next = secret with { DeletedAt = null, PurgedAt = null };
        return (next, KeyVaultAnswer.Ok(KeyVaultBundle.WithoutValue(request.Origin, next, next.Current!)));
    });

    public Answer Purge(Incoming request) => OfDeleted(request, "purge", SandboxSecretAccess.Delete, _ =>
        (null, KeyVaultAnswer.NoContent()));

    private Answer OfDeleted(
        Incoming request, string permission, SandboxSecretAccess needed, Func<SandboxSecret, (SandboxSecret?, Answer)> answer) =>
        requests.Answer(request, permission, needed, name => state.Store.Change(name, secret =>
            secret is { DeletedAt: not null } ? answer(secret) : (secret, KeyVaultAnswer.NotFound($"deletedsecrets/{name}"))));
}
