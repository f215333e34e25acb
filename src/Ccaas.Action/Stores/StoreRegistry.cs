using Ccaas.Action.Foundation;
using Ccaas.Action.Inputs;
using Ccaas.Action.Requests;
using Ccaas.Action.Stores.AwsSecretsManager;
using Ccaas.Action.Stores.AzureKeyVault;

namespace Ccaas.Action.Stores;

/// <summary>Every kind of store there is: one line each.</summary>
internal static class StoreRegistry
{
    public static IReadOnlyList<StoreKind> All { get; } =
    [
        new KeyVaultKind(),
        new SecretsManagerStoreKind(),
    ];

    /// <returns>Null when none is asked for, or the address is wrong.</returns>
    public static StorePlan? Plan(StoreAddress? address, Surroundings surroundings, JobIdentity? identity, InputProblems problems)
    {
        if (address is null)
        {
            return null;
        }

        if (All.FirstOrDefault(kind => kind.Scheme == address.Scheme) is { } kind)
        {
            return kind.Plan(address, surroundings, identity, problems);
        }

        problems.Add(InputNames.Cache, $"names no kind of store that is known; give {string.Join(" or ", All.Select(known => known.Form))}, or job, or off.");
        return null;
    }
}
