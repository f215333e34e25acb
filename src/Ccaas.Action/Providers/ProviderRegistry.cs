using Ccaas.Action.Providers.GenesysCloud;
using Ccaas.Action.Providers.NiceCxone;
using Ccaas.Action.Providers.OAuth2;
using Ccaas.Action.Providers.Salesforce;
using Ccaas.Action.Providers.Talkdesk;
using Ccaas.Action.Providers.Zoom;

namespace Ccaas.Action.Providers;

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
