using Ccaas.Sandbox;
using Ccaas.Sandbox.Genesys;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Scenarios;

/// <summary>Revoking a token, at a job's end and by hand. The job itself never fails for it.</summary>
public sealed class RevocationScenarios
{
    private const string OwnToken = "/api/v2/tokens/me";

    [Fact]
    public async Task Post_step_without_saved_state_does_nothing()
    {
        await using var world = await World.GitHubAsync();

        Scenario.Verify(await world.RunPostAsync(), exitCode: 0);
        Assert.Empty(world.Sandbox.Requests);
    }

    [Fact]
    public async Task State_does_not_hold_the_token_in_clear()
    {
        await using var world = await StartAsync();

        var run = await world.RunAsync();

        Scenario.Verify(run, exitCode: 0);
        Assert.DoesNotContain(Canary.Token.Value[..20], run.File("GITHUB_STATE"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_that_somebody_else_has_revoked_is_a_quiet_success()
    {
        await using var world = await StartAsync();
        await world.RunAsync();
        world.Sandbox.Faults.Enqueue(OwnToken, GenesysFaults.ApiError(401, "bad.credentials", "Invalid login credentials."));

        Scenario.Verify(await world.RunPostAsync(), exitCode: 0);
    }

    [Fact]
    public async Task Token_that_has_expired_is_not_asked_about()
    {
        await using var world = await World.GitHubAsync(options => options with { TokenLifetime = 1 });
        world.Inputs["revoke"] = "true";
        world.Inputs["minimum-validity"] = "0";
        await world.RunAsync();
        await Task.Delay(1100);

        Scenario.Verify(await world.RunPostAsync(), exitCode: 0);
        Assert.Empty(world.Sandbox.Requests);
    }

    [Theory]
    [InlineData("outage")]
    [InlineData("refused")]
    [InlineData("address")]
    [InlineData("state")]
    [InlineData("inputs")]
    public async Task Failure_is_a_warning_and_the_job_goes_on(string name)
    {
        await using var world = await StartAsync();
        await world.RunAsync();
        world.Inputs["max-attempts"] = "1";
        switch (name)
        {
            case "outage":
                world.Sandbox.Faults.Enqueue(OwnToken, Fault.Status(503));
                break;
            case "refused":
                world.Sandbox.Faults.Enqueue(OwnToken, GenesysFaults.ApiError(403, "not.authorized", "You may not."));
                break;
            case "address":
                world.Sandbox.Faults.Enqueue(OwnToken, GenesysFaults.ApiError(401, "ip.not.authorized", "Not from there."));
                break;
            case "state":
                world.Inputs["client-secret"] = $"{Canary.ClientSecret.Value}-rotated";
                break;
            default:
                world.Inputs["client-id"] = "";
                break;
        }

        Scenario.Verify(await world.RunPostAsync(), exitCode: 0, name);
    }

    [Fact]
    public async Task Token_of_a_step_that_failed_after_it_had_one_is_revoked_too()
    {
        await using var world = await StartAsync();
        world.Inputs["allowed-organizations"] = "99999999-0000-4000-8000-000000000000";

        Assert.Equal(4, (await world.RunAsync()).ExitCode);
        Assert.True(world.Sandbox.IsTokenValid(Canary.Token.Value));

        Assert.Equal(0, (await world.RunPostAsync()).ExitCode);
        Assert.False(world.Sandbox.IsTokenValid(Canary.Token.Value));
    }

    [Fact]
    public async Task Revocation_is_tried_again_like_every_request()
    {
        await using var world = await StartAsync();
        await world.RunAsync();
        world.Sandbox.Faults.Enqueue(OwnToken, Fault.Reset);

        Scenario.Verify(await world.RunPostAsync(), exitCode: 0);
        Assert.False(world.Sandbox.IsTokenValid(Canary.Token.Value));
    }

    [Fact]
    public async Task Wish_to_revoke_without_a_place_for_the_state_is_refused()
    {
        await using var world = await StartAsync();
        world.Environment.Remove("GITHUB_STATE");

        Scenario.Verify(await world.RunAsync(), exitCode: 2);
        Assert.Empty(world.Sandbox.Requests);
    }

    [Fact]
    public async Task Terminal_has_a_command_for_it_and_no_later_moment()
    {
        await using var world = await World.TerminalAsync();

        Scenario.Verify(await world.RunAsync("--revoke"), exitCode: 2);
    }

    [Fact]
    public async Task Token_in_the_environment_is_revoked_by_the_command()
    {
        await using var world = await World.TerminalAsync();
        await world.RunAsync();
        world.Environment["CCAAS_ACCESS_TOKEN"] = Canary.Token.Value;

        Scenario.Verify(await world.RunAsync("revoke"), exitCode: 0);
        Assert.False(world.Sandbox.IsTokenValid(Canary.Token.Value));
    }

    [Fact]
    public async Task Token_in_a_file_is_revoked_by_the_command()
    {
        await using var world = await World.TerminalAsync();
        await world.RunAsync();
        world.StandardInput = $"{Canary.Token.Value}\n";

        Scenario.Verify(await world.RunAsync("revoke", "--access-token-file", "-"), exitCode: 0);
        Assert.False(world.Sandbox.IsTokenValid(Canary.Token.Value));
    }

    [Fact]
    public async Task Token_that_is_gone_already_is_no_failure_of_the_command()
    {
        await using var world = await World.TerminalAsync();
        world.Environment["CCAAS_ACCESS_TOKEN"] = Canary.Token.Value;

        Scenario.Verify(await world.RunAsync("revoke"), exitCode: 0);
    }

    [Fact]
    public async Task Command_that_cannot_revoke_says_so_by_its_exit_code()
    {
        await using var world = await World.TerminalAsync();
        world.Environment["CCAAS_ACCESS_TOKEN"] = Canary.Token.Value;
        world.Inputs["max-attempts"] = "1";
        world.Sandbox.Faults.Enqueue(OwnToken, Fault.Status(500));

        Scenario.Verify(await world.RunAsync("revoke"), exitCode: 6);
    }

    [Fact]
    public async Task Command_without_a_token_asks_for_one()
    {
        await using var world = await World.TerminalAsync();

        Scenario.Verify(await world.RunAsync("revoke"), exitCode: 2);
    }

    private static async Task<World> StartAsync()
    {
        var world = await World.GitHubAsync();
        world.Inputs["revoke"] = "true";
        return world;
    }
}
