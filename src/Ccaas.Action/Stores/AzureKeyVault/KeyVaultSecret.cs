namespace Ccaas.Action.Stores.AzureKeyVault;

/// <summary>Which secret of which vault.</summary>
/// <param name="Vault">The vault's address.</param>
/// <param name="Name">The secret's name.</param>
internal sealed record KeyVaultSecret(Uri Vault, string Name)
{
    // Known to every cloud; what came after it brought nothing for secrets.
    private const string ApiVersion = "7.4";

    private const int LongestName = 127;

    public KeyVaultCloud Cloud { get; } = KeyVaultCloud.Of(Vault);

    /// <summary>
    /// The newest version is read here, and a new one is written:
    /// <see href="https://learn.microsoft.com/rest/api/keyvault/secrets/operation-groups">the REST API</see>.
    /// </summary>
    public Uri Address => new(Vault, $"secrets/{Name}?api-version={ApiVersion}");

    /// <summary>The vault's name as the vendor's tools want it; a double's address.</summary>
    public string VaultName => Vault.Scheme == Uri.UriSchemeHttp ? Vault.Authority : Vault.Host.Split('.')[0];

    /// <summary>For people.</summary>
    public string Shown => $"the secret {Name} of the Key Vault {VaultName}";

    public static bool IsName(string text) => text.Length is > 0 and <= LongestName && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
