using Ccaas.Action.Inputs;

namespace Ccaas.Action.Stores.AzureKeyVault;

/// <summary>
/// Where a vault is, by what people call it:
/// <see href="https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#object-identifiers">object identifiers</see>.
/// </summary>
internal static class VaultAddress
{
    /// <param name="place">A vault's name; or the whole host of one in another cloud; or this machine, with a port, where a double of the service listens.</param>
    /// <returns>The vault's address, with a slash at its end; null when it is none of these.</returns>
    public static Uri? Of(string place)
    {
        if (IsName(place))
        {
            return new Uri($"https://{place.ToLowerInvariant()}.{KeyVaultCloud.Public.Suffix}/");
        }

        return StoreKind.OnThisMachine(place) ?? (place.Contains('.', StringComparison.Ordinal) ? Host($"https://{place}", place) : null);
    }

    private static bool IsName(string name) =>
        name.Length is >= 3 and <= 24
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
        && char.IsAsciiLetter(name[0])
        && name[^1] != '-'
        && !name.Contains("--", StringComparison.Ordinal);

    // The host and nothing else: no path, query or user that the parser would find in it. A vault has no port of its own.
    private static Uri? Host(string address, string place) =>
        EndpointRule.Check(address, out var uri) is null
        && uri!.Authority.Equals(place, StringComparison.OrdinalIgnoreCase)
        && uri.IsDefaultPort ? uri : null;
}
