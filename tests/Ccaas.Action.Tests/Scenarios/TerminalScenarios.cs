using Ccaas.Testing;

namespace Ccaas.Action.Tests.Scenarios;

/// <summary>Runs on a plain terminal or in a script: the result alone on standard output.</summary>
public sealed class TerminalScenarios
{
    [Fact]
    public async Task Token_alone_is_printed_by_default()
    {
        await using var world = await World.TerminalAsync();

        Scenario.Verify(await world.RunAsync(), exitCode: 0);
    }

    [Fact]
    public async Task Everything_known_is_printed_as_json()
    {
        await using var world = await World.TerminalAsync();

        Scenario.Verify(await world.RunAsync("acquire", "--format", "json", "--verify"), exitCode: 0);
    }

    [Fact]
    public async Task Exports_are_printed_as_dotenv()
    {
        await using var world = await World.TerminalAsync();

        Scenario.Verify(await world.RunAsync("--format=dotenv", "--region", "eu-central-1"), exitCode: 0);
    }

    [Fact]
    public async Task Options_win_over_the_environment()
    {
        await using var world = await World.TerminalAsync();
        world.Inputs["provider"] = "nonsense";
        world.Inputs["max-attempts"] = "nonsense";
        world.Inputs["environment-variable"] = "FROM_ENVIRONMENT";

        Scenario.Verify(await world.RunAsync("--provider", "genesys-cloud", "--max-attempts", "3", "--environment-variable", "FROM_OPTION",
            "--format", "json"), exitCode: 0);
    }

    [Fact]
    public async Task Secret_is_read_from_a_file()
    {
        await using var world = await World.TerminalAsync();
        world.Inputs["client-secret"] = null;
        var file = world.GiveFile("secret", $"{Canary.ClientSecret.Value}\r\n");

        Scenario.Verify(await world.RunAsync("--client-secret-file", file), exitCode: 0);
    }

    [Fact]
    public async Task Secret_is_read_from_standard_input()
    {
        await using var world = await World.TerminalAsync();
        world.Inputs["client-secret"] = null;
        world.StandardInput = $"{Canary.ClientSecret.Value}\n";

        Scenario.Verify(await world.RunAsync("--client-secret-file", "-"), exitCode: 0);
    }

    [Fact]
    public async Task Names_that_a_shell_can_set_are_read_too()
    {
        await using var world = await World.TerminalAsync();
        world.Inputs["client-secret"] = null;
        world.Inputs["client-id"] = null;
        world.Environment["INPUT_CLIENT_SECRET"] = Canary.ClientSecret.Value;
        world.Environment["INPUT_CLIENT_ID"] = Canary.ClientId;
        world.Environment["CCAAS_DEBUG"] = "1";

        Scenario.Verify(await world.RunAsync(), exitCode: 0);
    }

    [Fact]
    public async Task Failure_is_told_on_standard_error()
    {
        await using var world = await World.TerminalAsync();
        world.Inputs["client-secret"] = $"{Canary.ClientSecret.Value}-but-wrong";

        Scenario.Verify(await world.RunAsync(), exitCode: 3);
    }

    [Fact]
    public async Task Help_lists_every_option()
    {
        await using var world = await World.TerminalAsync();
        world.Inputs.Clear();

        Scenario.Verify(await world.RunAsync("--help"), exitCode: 0);
    }

    [Fact]
    public async Task Version_is_told()
    {
        await using var world = await World.TerminalAsync();
        world.Inputs.Clear();

        Scenario.Verify(await world.RunAsync("--version"), exitCode: 0);
    }
}
