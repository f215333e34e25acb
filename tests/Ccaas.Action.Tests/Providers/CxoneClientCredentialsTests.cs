using Ccaas.Testing;

namespace Ccaas.Action.Tests.Providers;

/// <summary>The tutorial's way to NICE CXone, by its name only.</summary>
public sealed class CxoneClientCredentialsTests : ProviderContract
{
    protected override string Provider => "nice-cxone";

    protected override string Case => "nice-cxone-client-credentials";

    protected override string TokenPath => "/cxone/oauth2/token";

    protected override string BasicPair => RawPair;

    protected override (string Name, string Value) ForeignInput => ("access-key-id", "something");

    protected override bool CanRevoke => false;

    protected override int MostLines => 330;

    protected override IEnumerable<(string Name, string Value)> Inputs(World world) =>
    [
        ("flow", "client-credentials"),
        ("region", "eu-west-1"),
        ("client-id", Canary.ClientId),
        ("client-secret", Canary.ClientSecret.Value),
        ("token-url", world.At("cxone/oauth2/token")),
        ("api-url", world.At("cxone")),
    ];

    [Theory]
    [InlineData("us-east-1")]
    [InlineData("us-west-1")]
    [InlineData("eu-west-1")]
    [InlineData("ap-southeast-1")]
    public async Task Region_leads_to_the_tutorials_host(string region)
    {
        await using var world = await StartAsync();
        world.Inputs["region"] = region;
        world.Inputs["max-attempts"] = "1";
        // Nothing answers there, so that the address shows and no credentials leave.
        world.Inputs["token-url"] = "";
        world.Environment["HTTPS_PROXY"] = "http://127.0.0.1:9";

        var run = await world.RunAsync();

        Assert.Equal(7, run.ExitCode);
        Assert.Contains($"from {region}.platform.nicecxone.com, through the proxy 127.0.0.1:9", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Region_of_another_flow_is_refused()
    {
        await using var world = await StartAsync();
        world.Inputs["region"] = "na1";

        Scenario.Verify(await world.RunAsync(), exitCode: 2);
    }

    [Fact]
    public async Task Flow_that_is_not_known_is_refused()
    {
        await using var world = await StartAsync();
        world.Inputs["flow"] = "implicit";

        Scenario.Verify(await world.RunAsync(), exitCode: 2);
    }
}
