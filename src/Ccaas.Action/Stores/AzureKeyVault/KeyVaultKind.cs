using Ccaas.Action.Foundation;
using Ccaas.Action.Inputs;
using Ccaas.Action.Requests;

namespace Ccaas.Action.Stores.AzureKeyVault;

/// <summary>A secret of an <see href="https://learn.microsoft.com/azure/key-vault/secrets/about-secrets">Azure Key Vault</see>.</summary>
internal sealed class KeyVaultKind : StoreKind
{
    public override string Scheme => "azure-keyvault";

    public override string Form => $"{Scheme}://VAULT/SECRET";

    public override StorePlan? Plan(StoreAddress address, Surroundings surroundings, JobIdentity? identity, InputProblems problems)
    {
        var vault = VaultAddress.Of(address.Place);
        if (vault is null)
        {
            problems.Add(InputNames.Cache, $"names no Key Vault; write {Form}, with the vault's name (3 to 24 letters, digits and single hyphens, a letter first) or, in another cloud, its whole host, like contoso.vault.azure.cn.");
        }

        var isName = KeyVaultSecret.IsName(address.Name);
        if (!isName)
        {
            problems.Add(InputNames.Cache, $"names no secret of a Key Vault; write {Form}, with 1 to 127 letters, digits and hyphens for the secret.");
        }

        if (vault is null || !isName)
        {
            return null;
        }

        var secret = new KeyVaultSecret(vault, address.Name);
        return new KeyVaultPlan(secret, new EntraEnvironment(surroundings, secret).Credential(identity));
    }
}
