using Ccaas.Sandbox;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Providers;

public sealed class ZoomTests : ProviderContract
{
    protected override string Provider => "zoom";

    protected override string TokenPath => "/zoom/oauth/token";

    protected override string BasicPair => RawPair;

    protected override string? OrganizationId => Canary.Account;

    protected override IEnumerable<(string Name, string Value)> Inputs(World world) =>
    [
        ("account", Canary.Account),
        ("client-id", Canary.ClientId),
        ("client-secret", Canary.ClientSecret.Value),
        ("token-url", world.At("zoom/oauth/token")),
        ("revocation-url", world.At("zoom/oauth/revoke")),
        ("api-url", world.At("zoom")),
    ];

    [Fact]
    public async Task Wrong_account_is_told_apart_from_a_wrong_secret()
    {
        await using var world = await StartAsync();
        world.Inputs["account"] = "another-account";

        Scenario.Verify(await world.RunAsync(), exitCode: 3);
    }

    [Fact]
    public async Task App_of_another_kind_is_named()
    {
        await using var world = await StartAsync();
        world.Sandbox.Faults.Enqueue(TokenPath, Fault.Status(400, """{"reason":"unsupported grant type","error":"unsupported_grant_type"}"""));

        Scenario.Verify(await world.RunAsync(), exitCode: 4);
    }

    [Fact]
    public async Task Scope_that_verify_needs_is_named()
    {
        await using var world = await StartAsync(
            options => options with { Clients = [options.Clients[0] with { MayReadOrganization = false }] });
        world.Inputs["verify"] = "true";

        Scenario.Verify(await world.RunAsync(), exitCode: 4);
    }
}
