namespace Ccaas.Action.Stores.AzureKeyVault;

/// <summary>
/// One of Azure's clouds, each of which has vaults and a directory of its own:
/// <see href="https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#dns-suffixes-for-object-identifiers">DNS suffixes</see>,
/// <see href="https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud">directories</see>.
/// </summary>
/// <param name="Suffix">What the hosts of its vaults end in.</param>
/// <param name="Authority">Where its directory issues tokens.</param>
internal sealed record KeyVaultCloud(string Suffix, string Authority)
{
    public static KeyVaultCloud Public { get; } = new("vault.azure.net", "https://login.microsoftonline.com");

    private static IReadOnlyList<KeyVaultCloud> All { get; } =
    [
        Public,
        new("vault.azure.cn", "https://login.chinacloudapi.cn"),
        new("vault.usgovcloudapi.net", "https://login.microsoftonline.us"),
        new("vault.microsoftazure.de", "https://login.microsoftonline.de"),
    ];

    /// <summary>The resource that tokens for its vaults are issued for.</summary>
    public string Resource => $"https://{Suffix}";

    /// <summary>
    /// The cloud of a vault. A host that is in none of them gets a token for its own suffix at most, so that no other host than
    /// a vault's is ever sent a token that opens vaults. A double on this machine is a vault of the public cloud, with a directory of its own.
    /// </summary>
    public static KeyVaultCloud Of(Uri vault)
    {
        var suffix = vault.Host[(vault.Host.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return vault.Scheme == Uri.UriSchemeHttp ? Public with { Authority = vault.AbsoluteUri } : All.FirstOrDefault(cloud => cloud.Suffix == suffix) ?? new KeyVaultCloud(suffix, Public.Authority);
    }
}
