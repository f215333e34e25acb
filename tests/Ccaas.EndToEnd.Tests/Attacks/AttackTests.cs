using System.Diagnostics;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests.Attacks;

/// <summary>What holds for every row of a table of attacks.</summary>
public abstract class AttackTests
{
    private static readonly string[] Outputs =
    [
        "access-token", "token-type", "expires-in", "expires-at", "provider", "region", "api-url", "organization-id", "organization-name",
            "source", "sealed-token", "skipped",
    ];

    /// <summary>Inputs of a run that has little time, for a server that uses all of it.</summary>
    protected static IReadOnlyDictionary<string, string> LittleTime { get; } = Given(("timeout", "1s"), ("max-attempts", "1"));

    protected static IReadOnlyDictionary<string, string> Given(params IEnumerable<(string Name, string Value)> inputs) =>
        inputs.ToDictionary(input => input.Name, input => input.Value);

    /// <summary>A step of GitHub Actions against the server, and everything that must hold for it.</summary>
    /// <param name="attack">The row.</param>
    /// <param name="also">What else must hold.</param>
    internal static async Task RunAsync(Attack attack, Action<Run>? also = null)
    {
        await using var server = new RawServer(attack.Server);
        await using var world = await World.GitHubAsync();
        world.Inputs["token-url"] = $"http://127.0.0.1:{server.Port}/oauth/token";
        world.Inputs["timeout"] = $"{Attack.Timeout}s";
        world.Inputs["max-attempts"] = "2";
        world.Inputs["cache"] = "off";
        foreach (var (name, value) in attack.Inputs)
        {
            world.Inputs[name] = value.Replace("{port}", $"{server.Port}", StringComparison.Ordinal);
        }

        var clock = Stopwatch.StartNew();
        using var child = world.Start();
        var run = await world.EndAsync(child, TimeSpan.FromSeconds(attack.Longest));

        Assert.True(run.ExitCode == attack.ExitCode,
            $"exit code {run.ExitCode} in place of {attack.ExitCode} after {clock.Elapsed}\n{Shown(run)}\n{Start(run.Error)}");
        Assert.InRange(server.Connections, 0, attack.MostConnections);
        Assert.True(!attack.MustNotBeAsked || server.Requests.All(request => request.Length == 0), "credentials were sent");
        AssertBounded(attack, run);
        AssertWhole(attack, run);
        Scenario.AssertSafe(run, attack.ExitCode);
        also?.Invoke(run);
    }

    private static void AssertBounded(Attack attack, Run run)
    {
        Assert.Empty(run.Error);
        ShownText.AssertHarmless(ShownText.Of(run), attack.LongestLog);
        ShownText.AssertHarmless(run.File("GITHUB_STEP_SUMMARY"), attack.LongestLog);
        Assert.InRange(run.File("GITHUB_OUTPUT").Length, 0, attack.LongestLog + attack.Token.Length);
        Assert.InRange(run.Output.Split('\n').Where(ShownText.IsMask).Sum(line => line.Length + 1), 1, attack.LongestMasks);
    }

    /// <summary>All of the token or nothing of it, under the names that are documented, and nowhere else.</summary>
    private static void AssertWhole(Attack attack, Run run)
    {
        Assert.All(run.Outputs.Keys, name => Assert.Contains(name, Outputs));
        Assert.All(run.Exports.Keys, name => Assert.Equal("CCAAS_ACCESS_TOKEN", name));
        Assert.Empty(run.File("GITHUB_STATE"));
        if (attack.ExitCode == 0)
        {
            Assert.Equal(attack.Token, run.Outputs["access-token"]);
            Assert.Equal(attack.Token, run.Exports["CCAAS_ACCESS_TOKEN"]);
        }
        else
        {
            Assert.Empty(run.File("GITHUB_OUTPUT"));
            Assert.Empty(run.File("GITHUB_ENV"));
        }

        // A word that is a token as well as a part of the program's own texts cannot be told apart from them.
        if (attack.Token.Length >= 8)
        {
            Assert.DoesNotContain(attack.Token, Shown(run), StringComparison.Ordinal);
            Assert.DoesNotContain(attack.Token, run.File("GITHUB_STEP_SUMMARY"), StringComparison.Ordinal);
        }

        Assert.Empty(Directory.EnumerateFiles(run.World.Environment["RUNNER_TEMP"]));
    }

    private static string Shown(Run run) => string.Join('\n', run.StepLog().Lines);

    private static string Start(string text) => text.Length > 500 ? text[..500] : text;
}
