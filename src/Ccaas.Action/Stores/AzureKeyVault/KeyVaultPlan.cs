using Ccaas.Action.Foundation;

namespace Ccaas.Action.Stores.AzureKeyVault;

/// <summary>A secret of a vault, and who asks for it.</summary>
internal sealed class KeyVaultPlan(KeyVaultSecret secret, EntraCredential credential) : StorePlan
{
    public override string Shown => secret.Shown;

    public override IReadOnlyList<Secret> Secrets => credential.Secrets;

    public override ITokenStore Open(StoreConnection connection) => new KeyVaultStore(secret, credential, connection);
}
