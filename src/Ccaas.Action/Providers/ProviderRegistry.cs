using Ccaas.Action.Providers.GenesysCloud;

namespace Ccaas.Action.Providers;

/// <summary>The providers there are: one line each.</summary>
internal static class ProviderRegistry
{
    public static IReadOnlyList<Provider> All { get; } =
    [
        new GenesysCloudProvider(),
    ];

    public static Provider? Find(string name) =>
        All.FirstOrDefault(provider => provider.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
