namespace Ccaas.Action.Providers;

/// <summary>A vendor: data and small overrides, no HTTP. docs/adding-a-provider.md says how to write one.</summary>
internal abstract class Provider
{
    /// <summary>The value of the <c>provider</c> input.</summary>
    public abstract string Name { get; }

    /// <summary>The vendor's name as people write it.</summary>
    public abstract string Title { get; }

    /// <summary>Reads this provider's inputs. What is wrong goes into the reader's problems; the plan is not used then.</summary>
    public abstract TokenPlan Plan(InputReader inputs);
}

/// <summary>The providers there are: one line each.</summary>
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
