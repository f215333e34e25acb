using Ccaas.Testing;

namespace Ccaas.Action.Tests.Providers;

/// <summary>Genesys Cloud, whose errors and regions have scenarios of their own.</summary>
public sealed class GenesysCloudTests : ProviderContract
{
    protected override string Provider => "genesys-cloud";

    protected override string TokenPath => "/oauth/token";

    protected override string BasicPair => RawPair;

    // Regions and errors by the dozen.
    protected override int MostLines => 200;

    protected override IEnumerable<(string Name, string Value)> Inputs(World world) =>
    [
        ("client-id", Canary.ClientId),
        ("client-secret", Canary.ClientSecret.Value),
        ("token-url", world.At("oauth/token")),
        ("api-url", world.At("")),
    ];
}
