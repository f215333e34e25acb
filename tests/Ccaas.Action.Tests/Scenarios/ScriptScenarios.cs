using System.Diagnostics;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Scenarios;

/// <summary>Scripts that ask for a token, or are run with one.</summary>
public sealed class ScriptScenarios
{
    [Fact]
    public async Task Script_gets_the_token_of_the_step_and_nothing_else_on_standard_output()
    {
        await using var world = await World.GitHubAsync();
        await world.RunAsync();

        var run = await world.RunNextStepAsync("get");

        Scenario.Verify(run, exitCode: 0);
        Assert.Equal($"{Canary.Token.Value}\n", run.Printed);
        Assert.Empty(world.Sandbox.Requests);
    }

    [Fact]
    public async Task Script_gets_a_fresh_token_masked_where_the_old_one_does_not_last()
    {
        await using var world = await World.GitHubAsync(options => options with { TokenLifetime = 600 });
        await world.RunAsync();

        Scenario.Verify(await world.RunNextStepAsync("get", "--minimum-validity", "10m"), exitCode: 0);
    }

    [Fact]
    public async Task Script_of_azure_pipelines_decides_by_the_exit_code()
    {
        await using var world = await World.AzureAsync();
        world.Inputs["client-secret"] = "not-the-secret-of-the-client";

        Scenario.Verify(await world.RunAsync("get"), exitCode: 3);
    }

    [Fact]
    public async Task Terminal_prints_a_token_from_its_own_folder()
    {
        await using var world = await World.TerminalAsync();
        await world.RunAsync("get");

        var run = await world.RunNextStepAsync("get");

        Scenario.Verify(run, exitCode: 0);
        var folder = Path.Combine(world.Files.Folder, ".cache", "ccaas-token");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
    }

    [Fact]
    public async Task Command_has_the_token_and_none_of_the_secrets()
    {
        await using var world = await World.GitHubAsync();
        world.Environment["INPUT_CLIENT_SECRET"] = Canary.ClientSecret.Value;
        world.Environment["KEPT"] = "as it is";

        var run = await world.RunAsync("exec", "--tool-environment", "--", "sh", "-c", "env | cut -d= -f1 | grep -E "
            + "'TOKEN|SECRET|KEPT|PROVIDER' | sort; test \"$CCAAS_ACCESS_TOKEN\" = \"$GENESYSCLOUD_ACCESS_TOKEN\" && test "
            + "${#CCAAS_ACCESS_TOKEN} -gt 50");

        Scenario.Verify(run, exitCode: 0);
        Assert.DoesNotContain("SECRET", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("exit 255", 255)]
    [InlineData("kill -KILL $$", 137)]
    public async Task Commands_exit_code_is_ours(string script, int exitCode)
    {
        await using var world = await World.GitHubAsync();

        Assert.Equal(exitCode, (await world.RunAsync("exec", "--", "sh", "-c", script)).ExitCode);
    }

    [Fact]
    public async Task Commands_exit_code_is_ours_in_azure_pipelines_too()
    {
        await using var world = await World.AzureAsync();

        Assert.Equal(7, (await world.RunAsync("exec", "--", "sh", "-c", "exit 7")).ExitCode);
    }

    [Fact]
    public async Task Command_reads_standard_input_and_gets_its_arguments_as_they_are()
    {
        await using var world = await World.TerminalAsync();
        world.StandardInput = "typed";

        var run = await world.RunAsync("exec", "--", "sh", "-c", "cat; printf ' %s' \"$@\"", "sh", "--provider", "a b", "--", "$HOME", "");

        Assert.Equal("typed --provider a b -- $HOME ", run.Output);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Signal_reaches_the_command(string signal)
    {
        await using var world = await World.GitHubAsync();
        var ready = world.Files.Path("ready");
        string[] arguments = ["exec", "--", "sh", "-c", $"trap 'echo caught; exit 5' {signal}; : > {ready}; while :; do sleep 0.05; done"];
        using var child = world.Start(arguments);
        for (var watch = Stopwatch.StartNew(); !File.Exists(ready) && watch.Elapsed < TimeSpan.FromSeconds(60);)
        {
            await Task.Delay(20);
        }

        child.Signal(signal);
        var run = await world.EndAsync(child, arguments);

        Assert.Equal((5, "caught\n"), (run.ExitCode, run.Printed));
    }

    [Fact]
    public async Task What_is_wrong_with_a_command_is_said_before_anything_is_sent()
    {
        await using var world = await World.TerminalAsync();
        world.Inputs["environment-variable"] = "";
        world.Inputs["revoke"] = "true";

        Scenario.Verify(await world.RunAsync("exec", "--", "there-is-no-such-program"), exitCode: 2);
        Assert.Empty(world.Sandbox.Requests);
    }

    [Fact]
    public async Task Command_that_is_missing_is_asked_for()
    {
        await using var world = await World.TerminalAsync();

        Scenario.Verify(await world.RunAsync("exec", "--region", "eu-west-1"), exitCode: 2);
    }

    [Fact]
    public async Task Command_is_not_run_without_a_token()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["client-secret"] = "not-the-secret-of-the-client";

        var run = await world.RunAsync("exec", "--", "sh", "-c", "echo it ran");

        Assert.Equal((3, ""), (run.ExitCode, run.Printed));
    }

    [Fact]
    public async Task Executable_is_installed_for_later_steps()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["install"] = "true";

        var run = await world.RunAsync();

        Scenario.Verify(run, exitCode: 0);
        var installed = Path.Combine(world.Environment["RUNNER_TEMP"], "ccaas-token");
        Assert.True(File.GetUnixFileMode(installed).HasFlag(UnixFileMode.OtherExecute));
    }

    [Fact]
    public async Task Executable_is_not_installed_on_a_terminal()
    {
        await using var world = await World.TerminalAsync();

        Scenario.Verify(await world.RunAsync("--install"), exitCode: 2);
    }
}
