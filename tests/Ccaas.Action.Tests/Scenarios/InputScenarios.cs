using Ccaas.Testing;

namespace Ccaas.Action.Tests.Scenarios;

/// <summary>Wrong inputs: everything at once, by name, exit code 2, and no request.</summary>
public sealed class InputScenarios
{
    [Fact]
    public async Task Everything_wrong_is_said_at_once()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["region"] = "eu-west-9";
        world.Inputs["client-id"] = "";
        world.Inputs["client-secret"] = "${{ secrets.GENESYS_SECRET }}";
        world.Inputs["token-url"] = "http://login.example.com/oauth/token";
        world.Inputs["api-url"] = $"https://user:{Canary.ClientSecret.Value}@example.com";
        world.Inputs["environment-variable"] = "LD_PRELOAD";
        world.Inputs["tool-environment"] = "yes";
        world.Inputs["verify"] = "1";
        world.Inputs["allowed-organizations"] = "acme";
        world.Inputs["minimum-validity"] = "a while";
        world.Inputs["timeout"] = "3 days";
        world.Inputs["max-attempts"] = "0";
        world.Inputs["ca-certificate"] = "/nowhere/authority.pem";

        var run = await world.RunAsync();

        // It is in the address that was given, and must not be repeated.
        world.Inputs["api-url"] = "https://user:{secret}@example.com";
        AssertRefused(run);
    }

    [Fact]
    public async Task Missing_inputs_are_named()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs.Clear();

        AssertRefused(await world.RunAsync());
    }

    [Fact]
    public async Task Unknown_provider_is_named_with_what_there_is()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["provider"] = "genesis";
        world.Inputs["timeout"] = "0";

        AssertRefused(await world.RunAsync());
    }

    [Theory]
    [InlineData("fork", "pull_request", "octocat")]
    [InlineData("dependabot", "pull_request", "dependabot[bot]")]
    [InlineData("push", "push", "octocat")]
    public async Task Empty_secret_comes_with_its_likely_cause(string name, string eventName, string actor)
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["client-secret"] = "";
        world.Environment["GITHUB_EVENT_NAME"] = eventName;
        world.Environment["GITHUB_ACTOR"] = actor;

        AssertRefused(await world.RunAsync(), name);
    }

    [Theory]
    [InlineData("asterisks", "***")]
    [InlineData("pipeline-variable", "$(GenesysSecret)")]
    [InlineData("line-break", "first\nsecond")]
    public async Task Text_that_is_no_secret_is_recognized(string name, string secret)
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["client-secret"] = secret;

        AssertRefused(await world.RunAsync(), name);
    }

    [Theory]
    [InlineData("name", "my-token")]
    [InlineData("loader", "BASH_ENV")]
    [InlineData("runner", "github_token")]
    public async Task Name_to_export_under_is_refused_when_it_would_do_harm(string name, string variable)
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["environment-variable"] = variable;

        AssertRefused(await world.RunAsync(), name);
    }

    [Fact]
    public async Task Secret_that_was_pasted_into_other_inputs_too_shows_nowhere()
    {
        await using var world = await World.GitHubAsync();
        world.Environment["RUNNER_DEBUG"] = "1";
        world.Inputs["region"] = $"{new string('x', 70)}{Canary.ClientSecret.Value}";
        world.Inputs["provider"] = Canary.ClientSecret.Value;
        world.Inputs["timeout"] = Canary.ClientSecret.Value;
        world.Inputs["verify"] = Canary.ClientSecret.Value;

        AssertRefused(await world.RunAsync());
    }

    [Fact]
    public async Task Name_that_tool_environment_fills_is_refused_for_the_token()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["tool-environment"] = "true";
        world.Inputs["environment-variable"] = "GENESYSCLOUD_REGION";
        world.Inputs["api-url"] = "https://api.example.com?x=1";

        AssertRefused(await world.RunAsync());
    }

    [Fact]
    public async Task Dotenv_without_anything_to_hold_is_refused()
    {
        await using var world = await World.TerminalAsync();

        AssertRefused(await world.RunAsync("--format", "dotenv", "--environment-variable="));
    }

    [Fact]
    public async Task Certificate_that_is_none_is_named()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["ca-certificate"] = "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----";

        AssertRefused(await world.RunAsync());
    }

    [Fact]
    public async Task Command_files_that_are_missing_are_named_before_anything_is_sent()
    {
        await using var world = await World.GitHubAsync();
        world.Environment.Remove("GITHUB_OUTPUT");
        world.Environment["GITHUB_ENV"] = world.Files.Path("not-there");

        AssertRefused(await world.RunAsync());
    }

    [Fact]
    public async Task Format_is_refused_in_a_job()
    {
        await using var world = await World.GitHubAsync();

        AssertRefused(await world.RunAsync("--format", "json"));
    }

    [Fact]
    public async Task Secret_as_an_option_is_refused_together_with_everything_else()
    {
        await using var world = await World.TerminalAsync();
        world.Inputs["client-secret"] = null;

        var run = await world.RunAsync("--client-secret", "{hidden}", "--color", "--timeout", "never");

        AssertRefused(run);
    }

    [Fact]
    public async Task Word_that_is_no_command_is_refused_without_repeating_it()
    {
        await using var world = await World.TerminalAsync();

        AssertRefused(await world.RunAsync("aquire"));
    }

    [Fact]
    public async Task Option_without_its_value_is_named()
    {
        await using var world = await World.TerminalAsync();

        AssertRefused(await world.RunAsync("--verify", "--region"));
    }

    [Fact]
    public async Task Options_on_a_terminal_are_checked_together()
    {
        await using var world = await World.TerminalAsync();
        world.Environment["INPUT_CLIENT_ID"] = "another";

        AssertRefused(await world.RunAsync("--format", "yaml", "--client-secret-file", "/nowhere/secret", "--max-attempts", "-1",
            "--region", "https://api.mypurecloud.ie"));
    }

    private static void AssertRefused(Run run, string? name = null, [System.Runtime.CompilerServices.CallerFilePath] string file = "",
        [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        Scenario.Verify(run, exitCode: 2, name, file, method);
        Assert.Empty(run.World.Sandbox.Requests);
        Assert.Empty(run.File("GITHUB_OUTPUT"));
        Assert.Empty(run.File("GITHUB_ENV"));
    }
}
