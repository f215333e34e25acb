using Ccaas.Sandbox;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Providers;

/// <summary>The short way of NICE CXone: an access key as JSON, by area.</summary>
public sealed class CxoneAccessKeyTests : ProviderContract
{
    protected override string Provider => "nice-cxone";

    protected override string Case => "nice-cxone-access-key";

    protected override string TokenPath => "/cxone/authentication/v1/token/access-key";

    protected override string? BasicPair => null;

    protected override (string Name, string Value) WrongCredential => ("access-key-secret", $"{Canary.AccessKeySecret.Value}wrong");

    protected override (string Name, string Value) ForeignInput => ("audience", "something");

    protected override bool CanRevoke => false;

    protected override int MostLines => 330;

    protected override IEnumerable<(string Name, string Value)> Inputs(World world) =>
    [
        ("flow", "access-key"),
        ("region", "na1"),
        ("access-key-id", Canary.AccessKeyId),
        ("access-key-secret", Canary.AccessKeySecret.Value),
        ("issuer", world.At("cxone")),
        ("token-url", world.At("cxone/authentication/v1/token/access-key")),
    ];

    [Fact]
    public async Task Key_alone_means_this_flow()
    {
        await using var world = await StartAsync();
        world.Inputs.Remove("flow");

        Assert.Equal(0, (await world.RunAsync()).ExitCode);
        Assert.Equal([TokenPath], world.Sandbox.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task Api_follows_from_the_area_when_the_response_does_not_name_it()
    {
        await using var world = await StartAsync();
        world.Sandbox.Faults.Enqueue(TokenPath, Fault.Body($$"""{"access_token":"{{Canary.Token.Value}}","token_type":"bearer","expires_in":3600}"""));

        var run = await world.RunAsync();

        Assert.Equal("https://api-na1.niceincontact.com", run.Outputs["api-url"]);
    }

    [Fact]
    public async Task Area_must_be_given_and_look_like_one()
    {
        await using var world = await StartAsync();
        world.Inputs.Remove("token-url");
        world.Inputs.Remove("region");
        Assert.Contains("- region: missing; give the area", (await world.RunAsync()).Output, StringComparison.Ordinal);

        world.Inputs["region"] = "us-east-1";
        Scenario.Verify(await world.RunAsync(), exitCode: 2);
    }
}
