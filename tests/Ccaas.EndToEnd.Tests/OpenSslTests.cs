using Ccaas.Sandbox;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests;

/// <summary>A machine without OpenSSL. .NET itself aborts the process there, with exit code 134.</summary>
public sealed class OpenSslTests
{
    [NativeFact]
    public async Task Missing_library_is_a_message()
    {
        await using var world = await WithoutAsync(World.GitHubAsync);

        Scenario.Verify(await world.RunAsync(), exitCode: 7);
        Assert.Empty(world.Sandbox.Requests);
    }

    [NativeTheory]
    [InlineData("ca-certificate")]
    [InlineData("client-certificate")]
    [InlineData("client-key")]
    [InlineData("private-key")]
    public async Task Missing_library_is_a_message_where_an_input_is_the_first_to_need_it(string input)
    {
        await using var world = await WithoutAsync(World.GitHubAsync);
        using var authority = new PrivateAuthority("Company Root");
        var client = authority.IssueClient("some client");
        world.Inputs[input] = input.EndsWith("key", StringComparison.Ordinal) ? client.KeyPem : client.Pem;

        var run = await world.RunAsync();

        Assert.Equal(7, run.ExitCode);
        Assert.Contains("OpenSSL could not be loaded", run.Output, StringComparison.Ordinal);
    }

    [NativeFact]
    public async Task Missing_library_is_a_message_whatever_runs_the_program()
    {
        foreach (var start in new[] { World.AzureAsync, (Func<Func<SandboxOptions, SandboxOptions>?, Task<World>>)World.TerminalAsync })
        {
            await using var world = await WithoutAsync(start);

            var run = await world.RunAsync();

            Assert.Equal(run.IsAzure ? 0 : 7, run.ExitCode);
            Assert.Contains("OpenSSL could not be loaded", $"{run.Output}{run.Error}", StringComparison.Ordinal);
            Assert.Empty(world.Sandbox.Requests);
        }
    }

    /// <summary>Loading it takes a millisecond: where it is not needed, it is not loaded, and that it is missing goes unnoticed.</summary>
    [NativeFact]
    public async Task Library_is_not_loaded_where_it_is_not_needed()
    {
        await using var world = await WithoutAsync(World.GitHubAsync);
        world.Inputs["token-url"] = world.At("oauth/token");

        Assert.Equal(0, (await world.RunAsync()).ExitCode);
        var cached = await world.RunNextStepAsync();

        Assert.Equal(("cache", 0), (cached.Outputs["source"], cached.ExitCode));
    }

    // The loader takes the first file of the name, and fails when it is no library: as if there were none.
    private static async Task<World> WithoutAsync(Func<Func<SandboxOptions, SandboxOptions>?, Task<World>> start)
    {
        var world = await start(null);
        world.Inputs["token-url"] = new Uri(world.Sandbox.HttpsAddress, "oauth/token").ToString();
        var folder = Directory.CreateDirectory(world.Files.Path("libraries")).FullName;
        foreach (var version in new[] { "3", "1.1", "1.0.2", "1.0.0", "10" })
        {
            await File.WriteAllTextAsync(Path.Combine(folder, $"libssl.so.{version}"), "no library");
        }

        world.Environment["LD_LIBRARY_PATH"] = folder;
        return world;
    }
}
