using Ccaas.Sandbox;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Scenarios;

/// <summary>A token of one job for other jobs, sealed.</summary>
public sealed class TransferScenarios
{
    [Fact]
    public async Task Token_is_published_sealed()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["seal"] = "true";

        var run = await world.RunAsync();

        Scenario.Verify(run, exitCode: 0);
        // The runner drops a job's output that a mask would change.
        Assert.Equal(run.Outputs["sealed-token"], run.StepLog().Masker.Mask(run.Outputs["sealed-token"]));
    }

    [Fact]
    public async Task Token_is_opened_in_another_job_with_the_same_secret()
    {
        await using var world = await World.GitHubAsync();
        await HandOverAsync(world);

        Scenario.Verify(await world.RunNextStepAsync(), exitCode: 0);
        Assert.Empty(world.Sandbox.Requests);
    }

    [Fact]
    public async Task Token_is_opened_without_credentials_with_a_key_of_its_own()
    {
        await using var world = await World.GitHubAsync();
        await HandOverAsync(world, Canary.SealKey.Value);
        world.Inputs.Remove("client-id");
        world.Inputs.Remove("client-secret");

        Scenario.Verify(await world.RunNextStepAsync(), exitCode: 0);
        Assert.Empty(world.Sandbox.Requests);
    }

    /// <summary>The key is shared by clients: whoever has it can open, and must not pass on what was sealed for another.</summary>
    [Theory]
    [InlineData("client-id", "another client id")]
    [InlineData("region", "another region")]
    [InlineData("run", "another run")]
    [InlineData("repository", "another repository or project")]
    public async Task Token_that_was_sealed_for_another_is_refused_by_name(string what, string shown)
    {
        await using var world = await World.GitHubAsync(
            options => options with { Clients = [options.Clients[0], options.Clients[0] with { ClientId = "another" }] });
        await HandOverAsync(world, Canary.SealKey.Value);
        switch (what)
        {
            case "run":
                world.Environment["GITHUB_RUN_ID"] = "43";
                break;
            case "repository":
                world.Environment["GITHUB_REPOSITORY"] = "example/another";
                break;
            default:
                world.Inputs[what] = what == "region" ? "eu-west-1" : "another";
                break;
        }

        var run = await world.RunNextStepAsync();

        Assert.Contains($"The sealed token was sealed for {shown}; this step gets another.", run.Output, StringComparison.Ordinal);
        Assert.Equal("issued", run.Outputs["source"]);
    }

    [Theory]
    [InlineData("SYSTEM_TEAMPROJECTID", "another repository or project")]
    [InlineData("SYSTEM_COLLECTIONID", "another repository or project")]
    [InlineData("BUILD_BUILDID", "another run")]
    public async Task Token_of_another_build_is_refused_in_azure_pipelines(string variable, string shown)
    {
        await using var world = await World.AzureAsync();
        world.Inputs["seal"] = "true";
        NextJob(world, (await world.RunAsync()).AgentLog().Outputs["sealedToken"].Value);
        world.Environment[variable] = "another";

        Assert.Contains($"The sealed token was sealed for {shown};", (await world.RunNextStepAsync()).Output, StringComparison.Ordinal);
    }

    /// <summary>Nobody's token is good for another account, at whichever address it was issued.</summary>
    [Fact]
    public async Task Token_of_another_account_is_refused()
    {
        await using var world = await World.GitHubAsync(
            options => options with { Clients = [options.Clients[0], options.Clients[0] with { Account = "another" }] });
        world.Give(
            ("provider", "zoom"), ("account", Canary.Account), ("client-id", Canary.ClientId), ("client-secret", Canary.ClientSecret.Value),
            ("token-url", world.At("zoom/oauth/token")), ("api-url", world.At("zoom")));
        await HandOverAsync(world, Canary.SealKey.Value);
        world.Inputs["account"] = "another";
        world.Inputs.Remove("client-id");
        world.Inputs.Remove("client-secret");

        var run = await world.RunNextStepAsync();

        Assert.Contains("The sealed token was sealed for another account, and this job has no credentials", run.Output,
            StringComparison.Ordinal);
        Assert.Equal(8, run.ExitCode);
    }

    [Fact]
    public async Task Token_is_transferred_to_another_stage_in_azure_pipelines()
    {
        await using var world = await World.AzureAsync();
        world.Inputs["seal"] = "true";
        var sealedToken = (await world.RunAsync()).AgentLog().Outputs["sealedToken"].Value;
        NextJob(world, sealedToken);

        Scenario.Verify(await world.RunNextStepAsync(), exitCode: 0);
    }

    [Fact]
    public async Task Steps_of_the_other_job_get_it_from_there_on()
    {
        await using var world = await World.GitHubAsync();
        await HandOverAsync(world);
        await world.RunNextStepAsync();
        world.Inputs.Remove("sealed-token");

        Assert.Equal("cache", (await world.RunNextStepAsync()).Outputs["source"]);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("another-secret")]
    [InlineData("another-region")]
    [InlineData("changed")]
    [InlineData("nonsense")]
    public async Task Token_that_cannot_be_used_is_replaced_where_there_are_credentials(string name)
    {
        await using var world = await World.GitHubAsync(
            options =>
            options with
            {
                TokenLifetime = 600,
                Clients =
            [options.Clients[0], options.Clients[0] with { ClientId = "another", ClientSecret = "another-secret-of-another-client" }]
            });
        await HandOverAsync(world);
        Spoil(world, name);

        Scenario.Verify(await world.RunNextStepAsync(), exitCode: 0, name);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("another-key")]
    [InlineData("another-region")]
    [InlineData("changed")]
    [InlineData("nonsense")]
    public async Task Token_that_cannot_be_used_fails_a_job_without_credentials(string name)
    {
        await using var world = await World.GitHubAsync(options => options with { TokenLifetime = 600 });
        await HandOverAsync(world, Canary.SealKey.Value);
        world.Inputs.Remove("client-id");
        world.Inputs.Remove("client-secret");
        Spoil(world, name);

        var run = await world.RunNextStepAsync();

        Scenario.Verify(run, exitCode: 8, name);
        Assert.Empty(world.Sandbox.Requests);
    }

    [Fact]
    public async Task Output_of_a_job_that_was_skipped_counts_as_not_given()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["sealed-token"] = "";

        Assert.Equal("issued", (await world.RunAsync()).Outputs["source"]);
    }

    [Fact]
    public async Task Token_that_no_lifetime_is_known_of_is_not_sealed()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["seal"] = "true";
        world.Sandbox.Faults.Enqueue("/oauth/token", Fault.Body("""{"access_token":"some-token-without-an-end","token_type":"bearer"}"""));

        var run = await world.RunAsync();

        Assert.Contains("::warning title=Token not sealed::", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Outputs["sealed-token"]);
    }

    [Fact]
    public async Task Key_that_could_be_guessed_is_refused()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["client-secret"] = "short-secret";
        world.Inputs["seal"] = "true";

        Scenario.Verify(await world.RunAsync(), exitCode: 2);
    }

    [Theory]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("correct horse battery staple and the rest")]
    public async Task Key_that_a_person_made_up_is_refused(string key)
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["seal"] = "true";
        world.Inputs["seal-key"] = key;

        var run = await world.RunAsync();

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("- seal-key: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("openssl rand -base64 32", run.Output, StringComparison.Ordinal);
        Assert.Empty(world.Sandbox.Requests);
    }

    [Fact]
    public async Task Token_of_other_jobs_is_not_revoked_at_the_end_of_this_one()
    {
        await using var world = await World.GitHubAsync();
        await HandOverAsync(world);
        world.Inputs["revoke"] = "true";

        var run = await world.RunNextStepAsync();

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("- revoke: ", run.Output, StringComparison.Ordinal);
        Assert.True(world.Sandbox.IsTokenValid(Canary.Token.Value));
    }

    private static void Spoil(World world, string name)
    {
        switch (name)
        {
            case "short":
                world.Inputs["minimum-validity"] = "10m";
                break;
            case "another-secret":
                world.Inputs["client-id"] = "another";
                world.Inputs["client-secret"] = "another-secret-of-another-client";
                break;
            case "another-key":
                world.Inputs["seal-key"] = "kanarie-Hn4kWq7ZbX2cV9mL5tG8rP1yD6sJ3fA0";
                break;
            case "another-region":
                world.Inputs["region"] = "eu-west-1";
                break;
            case "changed":
                var text = world.Inputs["sealed-token"]!;
                world.Inputs["sealed-token"] = text[..^2] + (text[^2] == 'A' ? 'B' : 'A') + text[^1];
                break;
            default:
                world.Inputs["sealed-token"] = "***";
                break;
        }
    }

    private static async Task HandOverAsync(World world, string? key = null)
    {
        world.Inputs["seal"] = "true";
        world.Inputs["seal-key"] = key;
        NextJob(world, (await world.RunAsync()).Outputs["sealed-token"]);
    }

    // Another runner: nothing of the first job's folder is there.
    private static void NextJob(World world, string sealedToken)
    {
        world.Inputs["seal"] = "false";
        world.Inputs["sealed-token"] = sealedToken;
        foreach (var file in Directory.GetFiles(world.Files.Path("temp")))
        {
            File.Delete(file);
        }
    }
}
