using Ccaas.Sandbox;
using Ccaas.Sandbox.Genesys;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Scenarios;

/// <summary>A token of one step for the steps after it.</summary>
public sealed class ReuseScenarios
{
    private const string Login = "/oauth/token";

    [Fact]
    public async Task Second_step_gets_the_token_of_the_first()
    {
        await using var world = await World.GitHubAsync();
        await world.RunAsync();

        var second = await world.RunNextStepAsync();

        Scenario.Verify(second, exitCode: 0);
        Assert.Empty(world.Sandbox.Requests);
    }

    [Fact]
    public async Task Second_task_gets_the_token_of_the_first()
    {
        await using var world = await World.AzureAsync();
        await world.RunAsync();

        Scenario.Verify(await world.RunNextStepAsync(), exitCode: 0);
    }

    [Fact]
    public async Task Entry_is_its_owners_alone_and_holds_nothing_in_clear()
    {
        await using var world = await World.GitHubAsync();

        (await world.RunAsync()).AssertNoSecretShows();

        var files = Directory.GetFiles(world.Environment["RUNNER_TEMP"]);
        Assert.Equal([".jwe", ".lock"], files.Select(Path.GetExtension).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        Assert.DoesNotContain("genesys", await File.ReadAllTextAsync(Entry(world)), StringComparison.Ordinal);
    }

    /// <summary>Whatever tells two requests apart keeps the token of one from the other.</summary>
    [Theory]
    [InlineData("client-secret", "another-secret-of-the-same-client")]
    [InlineData("region", "eu-west-1")]
    [InlineData("client-authentication", "post")]
    [InlineData("scope", "another")]
    [InlineData("audience", "another")]
    [InlineData("resource", "https://another.example")]
    [InlineData("parameters", "another=field")]
    [InlineData("token-url", "http://127.0.0.1:1/oauth/token")]
    public async Task Request_that_differs_does_not_get_the_token(string input, string value)
    {
        await using var world = await World.GitHubAsync();
        if (input != "region")
        {
            world.Inputs["provider"] = "oauth2";
            world.Inputs["token-url"] = world.At("as/token");
            world.Inputs["scope"] = "one";
        }

        world.Inputs["max-attempts"] = "1";
        Assert.Equal(0, (await world.RunAsync()).ExitCode);
        world.Inputs[input] = value;

        var run = await world.RunNextStepAsync();

        Assert.DoesNotContain("Using access token", run.Output, StringComparison.Ordinal);
        Assert.True(run.ExitCode is 3 or 7 || run.Outputs["source"] == "issued", run.Output);
    }

    /// <summary>What has nothing to do with the token does not keep it from being used.</summary>
    [Fact]
    public async Task Request_that_differs_in_token_handling_alone_gets_the_cached_token()
    {
        await using var world = await World.GitHubAsync();
        await world.RunAsync();
        world.Inputs["environment-variable"] = "MY_TOKEN";
        world.Inputs["verify"] = "true";
        world.Inputs["tool-environment"] = "true";
        world.Inputs["timeout"] = "20s";

        Scenario.Verify(await world.RunNextStepAsync(), exitCode: 0);
    }

    [Fact]
    public async Task Token_that_does_not_last_long_enough_is_replaced()
    {
        await using var world = await World.GitHubAsync(options => options with { TokenLifetime = 600 });
        await world.RunAsync();
        world.Environment["RUNNER_DEBUG"] = "1";
        world.Inputs["minimum-validity"] = "10m";

        var run = await world.RunNextStepAsync();

        Assert.Equal("issued", run.Outputs["source"]);
        Assert.Contains("::debug::The token in the job's cache lasts 9 min 5", run.Output, StringComparison.Ordinal);
        Assert.Single(world.Sandbox.Requests);
    }

    [Theory]
    [InlineData("damaged")]
    [InlineData("empty")]
    [InlineData("old-format")]
    [InlineData("of-another-secret")]
    [InlineData("of-another-use")]
    [InlineData("too-long")]
    public async Task Entry_that_is_of_no_use_is_replaced(string name)
    {
        await using var world = await World.GitHubAsync();
        await world.RunAsync();
        var text = await File.ReadAllTextAsync(Entry(world));
        switch (name)
        {
            case "damaged":
                text = text[..^5] + (text[^5] == 'A' ? 'B' : 'A') + text[^4..];
                break;
            case "empty":
                text = "";
                break;
            case "old-format":
                text = "{\"access_token\":\"from-another-time\",\"expires_at\":9999999999}";
                break;
            case "of-another-secret":
                text = await EntryOfAnotherSecretAsync();
                break;
            case "of-another-use":
                world.Inputs["seal"] = "true";
                text = (await world.RunNextStepAsync()).Outputs["sealed-token"];
                world.Inputs["seal"] = "false";
                break;
            default:
                text = new string('x', 1_000_000);
                break;
        }

        await File.WriteAllTextAsync(Entry(world), text);
        world.Environment["RUNNER_DEBUG"] = "1";

        var run = await world.RunNextStepAsync();

        Assert.Equal("issued", run.Outputs["source"]);
        var said = run.Output.Split('\n').Single(line => line.Contains("The token in the job's cache", StringComparison.Ordinal));
        Assert.Equal(
            name switch
            {
                "damaged" => "was damaged or changed",
                "of-another-secret" or "of-another-use" => "was sealed with another secret, or for other inputs",
                _ => "is no sealed token of this version",
            },
            said["::debug::The token in the job's cache ".Length..^"; it is replaced".Length]);
        Assert.Equal("cache", (await world.RunNextStepAsync()).Outputs["source"]);
    }

    [Fact]
    public async Task Links_in_place_of_the_files_are_not_followed()
    {
        await using var world = await World.GitHubAsync();
        await world.RunAsync();
        var temp = world.Environment["RUNNER_TEMP"];
        var precious = world.GiveFile("precious", "precious");
        foreach (var file in Directory.GetFiles(temp))
        {
            File.Move(file, $"{precious}-{Path.GetExtension(file)}");
            File.CreateSymbolicLink(file, Path.GetExtension(file) == ".jwe" ? $"{precious}-.jwe" : precious);
        }

        var run = await world.RunNextStepAsync();

        // Neither read nor written, although what the link leads to would have opened.
        Assert.Equal("issued", run.Outputs["source"]);
        Assert.Equal("precious", await File.ReadAllTextAsync(precious));
        Assert.Contains("The token is not cached for other steps of this job", run.Output, StringComparison.Ordinal);
        run.AssertNoSecretShows();
    }

    [Fact]
    public async Task Link_in_place_of_the_entry_is_replaced_and_not_its_target()
    {
        await using var world = await World.GitHubAsync();
        await world.RunAsync();
        var precious = world.GiveFile("precious", "precious");
        var entry = Entry(world);
        File.Delete(entry);
        File.CreateSymbolicLink(entry, precious);

        Assert.Equal("issued", (await world.RunNextStepAsync()).Outputs["source"]);
        Assert.Equal("cache", (await world.RunNextStepAsync()).Outputs["source"]);
        Assert.Null(new FileInfo(entry).LinkTarget);
        Assert.Equal("precious", await File.ReadAllTextAsync(precious));
    }

    /// <summary>Who opens a pipe waits for its other end, for ever; a device or a folder is no entry either.</summary>
    [Theory]
    [InlineData(".jwe", "mkfifo")]
    [InlineData(".lock", "mkfifo")]
    [InlineData(".jwe", "mkdir")]
    [InlineData(".lock", "mkdir")]
    public async Task Pipe_or_folder_in_place_of_a_file_stops_nobody(string ending, string program)
    {
        await using var world = await World.GitHubAsync();
        await world.RunAsync();
        var path = Directory.GetFiles(world.Environment["RUNNER_TEMP"], $"*{ending}").Single();
        foreach (var file in Directory.GetFiles(world.Environment["RUNNER_TEMP"]))
        {
            File.Delete(file);
        }

        using (var made = System.Diagnostics.Process.Start(program, path))
        {
            await made.WaitForExitAsync();
        }

        var run = await world.RunNextStepAsync();

        Assert.Equal((0, "issued"), (run.ExitCode, run.Outputs["source"]));
    }

    /// <summary>The runtime's own switch, which an earlier step can set, turns off the locks that the runtime takes.</summary>
    [Fact]
    public async Task Lock_holds_whatever_the_environment_says()
    {
        await using var world = await World.GitHubAsync();
        await world.RunAsync();
        File.Delete(Entry(world));
        using var cached = new FileStream(
            Directory.GetFiles(world.Environment["RUNNER_TEMP"], "*.lock").Single(), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        world.Environment["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = "1";
        world.Inputs["timeout"] = "4s";

        var run = await world.RunNextStepAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Another process of this job has not got its token within ", run.Output, StringComparison.Ordinal);
    }

    /// <summary>At the job's end it is revoked, and those who were handed it would be left with nothing.</summary>
    [Theory]
    [InlineData("true", "false")]
    [InlineData("false", "true")]
    public async Task Token_that_is_revoked_and_token_that_is_sealed_are_never_the_same(string first, string second)
    {
        await using var world = await World.GitHubAsync();
        (world.Inputs["revoke"], world.Inputs["seal"]) = (first, second);
        await world.RunAsync();
        (world.Inputs["revoke"], world.Inputs["seal"]) = (second, first);

        Assert.Equal("issued", (await world.RunNextStepAsync()).Outputs["source"]);
    }

    /// <summary>A secret that a person may have made up is no key, and so nothing is kept under it.</summary>
    [Theory]
    [InlineData("", 0)]
    [InlineData("cache-required", 2)]
    [InlineData("seal", 2)]
    [InlineData("revoke", 2)]
    public async Task Nothing_is_sealed_with_a_secret_that_could_be_guessed(string input, int exitCode)
    {
        await using var world = await World.GitHubAsync(
            options => options with { Clients = [options.Clients[0] with { ClientSecret = "this is no random text at all" }] });
        world.Give(("provider", "oauth2"), ("client-id", Canary.ClientId), ("client-secret", "this is no random text at all"),
            ("token-url", world.At("as/token")), ("revocation-url", world.At("as/revoke")));
        world.Environment["RUNNER_DEBUG"] = "1";
        if (input.Length > 0)
        {
            world.Inputs[input] = "true";
        }

        var run = await world.RunAsync();

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains("needs a key that cannot be guessed", run.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(world.Environment["RUNNER_TEMP"]));
    }

    [Fact]
    public async Task Key_of_its_own_takes_the_place_of_a_secret_that_could_be_guessed()
    {
        await using var world = await World.GitHubAsync(
            options => options with { Clients = [options.Clients[0] with { ClientSecret = "this is no random text at all" }] });
        world.Give(("provider", "oauth2"), ("client-id", Canary.ClientId), ("client-secret", "this is no random text at all"),
            ("token-url", world.At("as/token")), ("seal-key", Canary.SealKey.Value));
        await world.RunAsync();

        Assert.Equal("cache", (await world.RunNextStepAsync()).Outputs["source"]);
    }

    [Theory]
    [InlineData("false", 0)]
    [InlineData("true", 8)]
    public async Task Folder_that_cannot_be_written_fails_the_step_only_where_the_cache_is_required(string required, int exitCode)
    {
        await using var world = await World.GitHubAsync();
        // Whoever the user is, root included.
        world.Environment["RUNNER_TEMP"] = "/proc";
        world.Inputs["cache-required"] = required;

        Scenario.Verify(await world.RunAsync(), exitCode, $"required-{required}");
    }

    [Fact]
    public async Task Nothing_is_stored_where_the_cache_is_off()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["cache"] = "off";
        await world.RunAsync();

        Assert.Equal("issued", (await world.RunNextStepAsync()).Outputs["source"]);
        Assert.Empty(Directory.GetFiles(world.Environment["RUNNER_TEMP"]));
    }

    [Fact]
    public async Task Token_that_the_vendor_no_longer_accepts_is_replaced()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["verify"] = "true";
        await world.RunAsync();
        world.Sandbox.Faults.Enqueue("/api/v2/organizations/me",
            GenesysFaults.ApiError(401, "bad.credentials", "Invalid login credentials."));

        Scenario.Verify(await world.RunNextStepAsync(), exitCode: 0);
    }

    [Fact]
    public async Task Token_of_an_organization_that_is_not_allowed_is_not_reused()
    {
        await using var world = await World.GitHubAsync();
        await world.RunAsync();
        world.Inputs["allowed-organizations"] = "99999999-0000-4000-8000-000000000000";

        Assert.Equal(4, (await world.RunNextStepAsync()).ExitCode);
    }

    [Fact]
    public async Task Token_that_is_reused_is_revoked_and_removed_from_the_cache()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["revoke"] = "true";
        await world.RunAsync();
        Assert.Equal("cache", (await world.RunNextStepAsync()).Outputs["source"]);

        var post = await world.RunPostAsync();

        Assert.Contains("Revoked access token", post.Output, StringComparison.Ordinal);
        Assert.False(world.Sandbox.IsTokenValid(Canary.Token.Value));
        Assert.DoesNotContain(Directory.GetFiles(world.Environment["RUNNER_TEMP"]), file =>
            file.EndsWith(".jwe", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Token_of_unknown_lifetime_is_not_cached()
    {
        await using var world = await World.GitHubAsync();
        world.Sandbox.Faults.Enqueue(Login, Fault.Body("""{"access_token":"some-token-without-an-end","token_type":"bearer"}"""));
        await world.RunAsync();

        Assert.Equal("issued", (await world.RunNextStepAsync()).Outputs["source"]);
    }

    [Fact]
    public async Task Inputs_that_contradict_one_another_are_said_at_once()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["cache"] = "off";
        world.Inputs["cache-required"] = "true";
        world.Inputs["seal"] = "true";
        world.Inputs["seal-key"] = "too-short-to-seal-with";
        world.Inputs["revoke"] = "true";

        Scenario.Verify(await world.RunAsync(), exitCode: 2, "off");
    }

    [Theory]
    [InlineData("redis://example/secret")]
    [InlineData("yes")]
    [InlineData("azure-keyvault://contoso")]
    public async Task Cache_that_is_not_known_is_named(string cache)
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["cache"] = cache;
        world.Inputs["revoke"] = "true";

        Scenario.Verify(await world.RunAsync(), exitCode: 2, new string([.. cache.Where(char.IsAsciiLetter)]));
    }

    private static string Entry(World world) => Directory.GetFiles(world.Environment["RUNNER_TEMP"], "*.jwe").Single();

    private static async Task<string> EntryOfAnotherSecretAsync()
    {
        await using var other = await World.GitHubAsync(
            options => options with { Clients = [options.Clients[0] with { ClientSecret = "another-secret-of-the-same-client" }] });
        other.Inputs["client-secret"] = "another-secret-of-the-same-client";
        await other.RunAsync();
        return await File.ReadAllTextAsync(Entry(other));
    }
}
