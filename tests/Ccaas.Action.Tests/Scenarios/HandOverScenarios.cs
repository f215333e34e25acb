using Ccaas.Action.Foundation;
using Ccaas.Action.Sealing;
using Ccaas.Sandbox;
using Ccaas.Sandbox.GitHubRunner;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Scenarios;

/// <summary>A token of one job for other jobs, sealed.</summary>
public sealed class HandOverScenarios
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

    /// <summary>The last job of a run may take the token back, with the token alone where the vendor wants no more.</summary>
    [Fact]
    public async Task Token_is_taken_back_by_a_job_without_credentials()
    {
        await using var world = await World.GitHubAsync();
        await HandOverAsync(world, Canary.SealKey.Value);
        world.Inputs.Remove("client-id");
        world.Inputs.Remove("client-secret");
        world.Inputs["revoke"] = "true";
        var run = await world.RunNextStepAsync();
        Assert.Equal("sealed", run.Outputs["source"]);
        run.AssertNoSecretShows();
        // And not of what stands in the credentials' place, which is empty.
        var state = CommandFileParser.Parse(run.File("GITHUB_STATE")).Values["revocation"];
        Assert.Equal(SealingKey.Derive([new Secret(Canary.SealKey.Value)], "revocation state", "genesys-cloud", "").Id, SealedText.KeyId(state));

        var post = await world.RunPostAsync();

        Assert.Contains("Revoked access token", post.Output, StringComparison.Ordinal);
        Assert.False(world.Sandbox.IsTokenValid(Canary.Token.Value));
    }

    [Fact]
    public async Task Token_is_handed_on_to_another_stage_in_azure_pipelines()
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
        await using var world = await World.GitHubAsync(options => options with { TokenLifetime = 600, Clients = [options.Clients[0], options.Clients[0] with { ClientId = "another", ClientSecret = "another-secret-of-another-client" }] });
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
                world.Inputs["seal-key"] = $"{Canary.SealKey.Value}-rotated";
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
