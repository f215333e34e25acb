namespace Ccaas.Action.Providers;

/// <summary>A vendor: data and small overrides, no HTTP. docs/adding-a-provider.md says how to write one.</summary>
internal abstract class Provider
{
    /// <summary>The value of the <c>provider</c> input.</summary>
    public abstract string Name { get; }

    /// <summary>The vendor's name as people write it.</summary>
    public abstract string Title { get; }

    /// <summary>Reads this provider's inputs. Wrong inputs are added to the reader's problems; then the plan is not used.</summary>
    public abstract TokenPlan Plan(InputReader inputs);
}

/// <summary>All providers: one line each.</summary>
internal static class ProviderRegistry
{
    public static IReadOnlyList<Provider> All { get; } =
    [
        new GenesysCloudProvider(),
        new NiceCxoneProvider(),
        new SalesforceProvider(),
        new TalkdeskProvider(),
        new ZoomProvider(),
        new OAuth2Provider(),
    ];

    public static Provider? Find(string name) =>
        All.FirstOrDefault(provider => provider.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
