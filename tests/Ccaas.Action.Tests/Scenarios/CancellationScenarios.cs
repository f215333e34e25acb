using System.Diagnostics;
using Ccaas.Sandbox;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Scenarios;

/// <summary>A job that is cancelled.</summary>
public sealed class CancellationScenarios
{
    [Theory]
    [InlineData("INT", "request")]
    [InlineData("TERM", "request")]
    [InlineData("INT", "wait")]
    [InlineData("TERM", "verification")]
    public async Task Signal_ends_the_run_within_a_second_and_nothing_is_published(string signal, string phase)
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["verify"] = "true";
        world.Sandbox.Faults.Enqueue(phase switch
        {
            "request" => Fault.Hang,
            "wait" => Fault.RetryAfter(503, TimeSpan.FromSeconds(50)),
            _ => Fault.None,
        });
        world.Sandbox.Faults.Enqueue("/api/", Fault.Hang);
        using var child = world.Start();
        await UntilAsync(() =>
            world.Sandbox.Requests.Any(request => phase != "verification" || request.Path.StartsWith("/api/", StringComparison.Ordinal)));
        // The request is recorded when it arrives; the wait begins a moment after its answer.
        await Task.Delay(phase == "wait" ? 500 : 50);

        var clock = Stopwatch.StartNew();
        child.Signal(signal);
        var run = await world.EndAsync(child);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1), $"It took {clock.Elapsed}.");
        Scenario.Verify(run, exitCode: 130, $"{signal}-{phase}");
        Assert.Empty(run.File("GITHUB_OUTPUT"));
        Assert.Empty(run.File("GITHUB_ENV"));
        Assert.Empty(run.File("GITHUB_STEP_SUMMARY"));
    }

    [Fact]
    public async Task Signal_ends_the_wait_for_standard_input()
    {
        await using var world = await World.TerminalAsync();
        world.Inputs["client-secret"] = null;
        using var child = world.StartWithOpenInput("--client-secret-file", "-");
        await Task.Delay(1500);

        var clock = Stopwatch.StartNew();
        child.Signal("INT");
        var run = await world.EndAsync(child, "--client-secret-file", "-");

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1), $"It took {clock.Elapsed}.");
        Scenario.Verify(run, exitCode: 130);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 1000 && !condition(); i++)
        {
            await Task.Delay(20);
        }

        Assert.True(condition());
    }
}
