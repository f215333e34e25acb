using System.Text.RegularExpressions;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests.Attacks;

/// <summary>All inputs wrong at once, and all of them hostile: everything is listed, nothing is sent, and the log stays short.</summary>
public sealed class WrongInputTests
{
    /// <summary>What is wrong about each, for Genesys Cloud.</summary>
    private static readonly Dictionary<string, string> Wrong = new()
    {
        ["region"] = "eu-west-9",
        ["account"] = "example",
        ["flow"] = "password",
        ["client-id"] = "",
        ["client-secret"] = "***",
        ["access-key-id"] = "key",
        ["access-key-secret"] = "secret-of-the-access-key",
        ["key-id"] = "key",
        ["signing-algorithm"] = "none",
        ["assertion-audience"] = "somebody",
        ["scope"] = "everything",
        ["audience"] = "everybody",
        ["resource"] = "everywhere",
        ["parameters"] = "nonsense",
        ["issuer"] = "login.example.com",
        ["token-url"] = "http://login.example.com/oauth/token",
        ["revocation-url"] = "ftp://login.example.com",
        ["api-url"] = "https://user:password@api.example.com",
        ["environment-variable"] = "LD_PRELOAD",
        ["tool-environment"] = "yes",
        ["verify"] = "1",
        ["allowed-organizations"] = "example",
        ["minimum-validity"] = "a while",
        ["cache"] = "everywhere",
        ["cache-required"] = "maybe",
        ["seal"] = "on",
        ["seal-key"] = "short",
        ["install"] = "off",
        ["revoke"] = "later",
        ["timeout"] = "3 days",
        ["max-attempts"] = "0",
        ["ca-certificate"] = "/nowhere/authority.pem",
        ["client-certificate"] = "/nowhere/client.pem",
        ["client-key"] = "/nowhere/client.key",
        ["private-key"] = "/nowhere/private.key",
    };

    /// <summary>Commands of both systems, ends of lines, colors, letters that nobody sees, and much of it.</summary>
    private static readonly string Hostile = string.Concat(Enumerable.Repeat(
        "\n::error::x\r\n::stop-commands::x\n##vso[task.complete "
            + "result=Succeeded]\n##[group]x%0A::add-mask::x\u001B[2J\u202E\u200B\u2066\u0000x<<EOF\nEOF\n".Replace("\0", "",
            StringComparison.Ordinal), 200));

    public static TheoryData<string> Systems => ["GitHub", "Azure", "terminal"];

    [NativeTheory]
    [MemberData(nameof(Systems))]
    public async Task Everything_wrong_is_listed_at_once(string system)
    {
        await using var world = await StartAsync(system);
        foreach (var (name, value) in Wrong)
        {
            world.Inputs[name] = value;
        }

        var run = await world.RunAsync();

        AssertRefused(run);
        var log = ShownText.Of(run);
        var listed = Wrong.Keys.Where(name => Regex.IsMatch(log, $"(?m)(^|[^a-z-]){name}( or [a-z-]+)?(, .*)?: "));
        Assert.Equal(Wrong.Keys, listed);
    }

    [NativeTheory]
    [MemberData(nameof(Systems))]
    public async Task Everything_hostile_does_no_harm(string system)
    {
        await using var world = await StartAsync(system);
        foreach (var name in Wrong.Keys)
        {
            // Not where it would be a secret: that is masked line by line, and a mask may be as long as the secret is.
            world.Inputs[
                name] = name is "client-secret" or "access-key-secret" or "seal-key" or "private-key" or "client-key" or "parameters"
                ? "***"
                : Hostile;
        }

        AssertRefused(await world.RunAsync());
    }

    private static Task<World> StartAsync(string system) => system switch
    {
        "GitHub" => World.GitHubAsync(),
        "Azure" => World.AzureAsync(),
        _ => World.TerminalAsync(),
    };

    private static void AssertRefused(Run run)
    {
        Assert.Equal(run.IsAzure ? 0 : 2, run.ExitCode);
        Assert.Empty(run.World.Sandbox.Requests);
        ShownText.AssertHarmless(ShownText.Of(run));
        // A text of an input is no command.
        Scenario.AssertSafe(run, exitCode: 2);
    }
}
