using System.Diagnostics;
using Ccaas.Sandbox.GitHubRunner;
using Ccaas.Testing;
using Xunit.Abstractions;

namespace Ccaas.EndToEnd.Tests.Attacks;

/// <summary>A step with cache, revoke and summary that dies at any time: what it leaves is whole, and the next step succeeds.</summary>
[Collection(Crowds.Name)]
public sealed class KillTests(ITestOutputHelper told)
{
    /// <summary>Jobs at once, each with a server and a folder of its own.</summary>
    private const int Jobs = 4;

    private static readonly string[] Published = ["access-token", "token-type", "expires-in", "expires-at", "source"];

    [NativeFact]
    public Task Step_that_is_killed_leaves_nothing_half_written() => EndAsync("KILL", times: 200, 0, 137);

    /// <summary>130 once the program handles the signal, and the signal's own number before.</summary>
    [NativeFact]
    public Task Step_that_is_asked_to_end_leaves_nothing_half_written() => EndAsync("TERM", times: 100, 0, 130, 143);

    private async Task EndAsync(string signal, int times, params int[] exitCodes)
    {
        var seed = Environment.TickCount;
        told.WriteLine($"seed {seed}");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, Jobs).Select(async number =>
        {
            await using var job = await SharedJob.StartAsync();
            job.World.Inputs["revoke"] = "true";
            var usual = await UsualAsync(job);
#pragma warning disable RS0030 // Chance that can be had again, by the seed that a failure names.
            var random = new Random(seed + number);
#pragma warning restore RS0030
            var ends = new List<int>();
            for (var i = 0; i < times / Jobs; i++)
            {
                ends.Add(await EndOnceAsync(job, signal, usual * random.NextDouble(), exitCodes));
            }

            return ends;
        }));

        told.WriteLine(string.Join("; ", outcomes.SelectMany(ends => ends).CountBy(exitCode => exitCode).OrderBy(end => end.Key)
            .Select(end => $"{end.Value} times exit code {end.Key}")));
        // Else nothing was interrupted, and nothing proven.
        Assert.Contains(outcomes.SelectMany(ends => ends), exitCode => exitCode != 0);
    }

    /// <summary>How long a step takes that nobody disturbs.</summary>
    private static async Task<TimeSpan> UsualAsync(SharedJob job)
    {
        var shortest = TimeSpan.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            NextFolder(job);
            var clock = Stopwatch.StartNew();
            Assert.Equal(0, (await job.World.RunNextStepAsync()).ExitCode);
            shortest = clock.Elapsed < shortest ? clock.Elapsed : shortest;
        }

        return shortest;
    }

    private static async Task<int> EndOnceAsync(SharedJob job, string signal, TimeSpan after, int[] exitCodes)
    {
        NextFolder(job);
        using var child = job.World.Start();
        await Task.Delay(after);
        child.Signal(signal);
        var run = await job.World.EndAsync(child);

        Assert.True(exitCodes.Contains(run.ExitCode),
            $"exit code {run.ExitCode} {after.TotalMilliseconds:0} ms after the start\n{run.Output}\n{run.Error}");
        AssertWhole(job, run);

        var isCached = job.Files(".jwe").Count > 0;
        var next = await job.World.RunNextStepAsync();
        Assert.True(next.ExitCode == 0, next.Output);
        Assert.Equal(isCached ? "cache" : "issued", next.Outputs["source"]);
        Assert.Equal(isCached ? 0 : 1, job.TokenRequests.Count());
        return run.ExitCode;
    }

    /// <summary>Each file holds whole entries or nothing; a token that is published is one, and can be revoked at the job's end.</summary>
    private static void AssertWhole(SharedJob job, Run run)
    {
        run.AssertNoSecretShows();
        Assert.DoesNotContain("bug in this program", run.Output, StringComparison.OrdinalIgnoreCase);
        Assert.All(CommandFileSet.Names, name =>
            Assert.True(run.File(name) is "" || run.File(name).EndsWith('\n'), $"{name} ends in the middle of a line"));
        if (run.ExitCode == 130)
        {
            Assert.Empty(run.File("GITHUB_OUTPUT"));
            Assert.Empty(run.File("GITHUB_ENV"));
        }

        if (run.Exports.TryGetValue("CCAAS_ACCESS_TOKEN", out var exported))
        {
            Assert.True(job.World.Sandbox.IsTokenValid(exported));
        }

        if (run.Outputs.Count > 0)
        {
            Assert.All(Published, name => Assert.Contains(name, run.Outputs.Keys));
            Assert.True(job.World.Sandbox.IsTokenValid(run.Outputs["access-token"]));
            Assert.NotEmpty(CommandFileParser.Parse(run.File("GITHUB_STATE")).Pairs);
        }
    }

    private static void NextFolder(SharedJob job)
    {
        job.World.Environment["RUNNER_TEMP"] = Directory.CreateDirectory(job.World.Files.Path($"temp-{Guid.NewGuid():N}")).FullName;
        foreach (var name in CommandFileSet.Names)
        {
            File.WriteAllText(job.World.Files.Path(name), "");
        }

        job.World.Sandbox.ClearRequests();
    }
}
