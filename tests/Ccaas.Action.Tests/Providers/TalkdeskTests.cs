using Ccaas.Sandbox;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Providers;

public sealed class TalkdeskTests : ProviderContract
{
    protected override string Provider => "talkdesk";

    protected override string TokenPath => "/talkdesk/oauth/token";

    protected override string? OrganizationId => null;

    protected override bool CanRevoke => false;

    protected override IEnumerable<(string Name, string Value)> Inputs(World world) =>
    [
        ("account", Canary.Account),
        ("client-id", Canary.ClientId),
        ("client-secret", Canary.ClientSecret.Value),
        ("scope", "account:read data-reports:read"),
        ("token-url", world.At("talkdesk/oauth/token")),
    ];

    [Fact]
    public async Task Assertion_is_signed_with_the_key_as_the_vendor_hands_it_out()
    {
        await using var world = await StartAsync();
        world.Inputs.Remove("client-secret");
        world.Inputs["client-authentication"] = "private-key-jwt";
        world.Inputs["key-id"] = "key-1";
        world.Inputs["private-key"] = string.Concat(TestKey.Ec.PrivatePem.Split('\n').Where(line => !line.StartsWith('-')));

        var run = await world.RunAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(Canary.Token.Value, run.Outputs["access-token"]);
        run.AssertNoSecretShows();
        Assert.DoesNotContain(world.Inputs["private-key"]!, string.Join('\n', run.StepLog().Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_without_a_code_names_account_and_region()
    {
        await using var world = await StartAsync();
        world.Inputs["region"] = "eu";
        world.Sandbox.Faults.Enqueue(TokenPath, Fault.Status(401));

        Scenario.Verify(await world.RunAsync(), exitCode: 3);
    }

    [Fact]
    public async Task Account_that_cannot_be_in_a_host_name_and_unknown_region_are_refused()
    {
        await using var world = await StartAsync();
        world.Inputs["account"] = "https://example.mytalkdesk.com";
        world.Inputs["region"] = "mars";

        Scenario.Verify(await world.RunAsync(), exitCode: 2);
    }
}
