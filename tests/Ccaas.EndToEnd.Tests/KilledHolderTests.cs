using System.Diagnostics;
using System.Runtime.CompilerServices;
using Ccaas.Testing;
using Xunit.Abstractions;

namespace Ccaas.EndToEnd.Tests;

/// <summary>The process that requests a token for the others is killed with -9.</summary>
[Collection(Crowds.Name)]
public sealed class KilledHolderTests(ITestOutputHelper told)
{
    private const int Kill = 9;
    private const int Stop = 19;

    [NativeFact]
    public async Task Others_go_on_at_once_when_the_holder_is_killed_during_its_request()
    {
        using var gate = new ManualResetEventSlim();
        await using var job = await SharedJob.StartAsync(gate);
        job.World.Environment["RUNNER_DEBUG"] = "1";
        using var holder = job.World.Start("get");
        await SharedJob.UntilAsync(() => job.TokenRequests.Any());
        var others = Enumerable.Range(0, 20).Select(i => Waiting(job, i)).ToList();
        try
        {
            await SharedJob.UntilAsync(() =>
                others.All(other => File.Exists(other.Log) && File.ReadAllText(other.Log)
                .Contains("waiting for it", StringComparison.Ordinal)));
            Assert.Single(job.TokenRequests);

            var watch = Stopwatch.StartNew();
            holder.Signal("KILL");
            gate.Set();
            await SharedJob.UntilAsync(() => job.TokenRequests.Count() > 1);
            var requested = watch.Elapsed;
            var tokens = await Task.WhenAll(others.Select(other => Crowd.TokenAsync(other.Process)));

            told.WriteLine($"after kill -9: the next request came after {requested.TotalMilliseconds:0} ms, all 20 had their token after "
                + $"{watch.Elapsed.TotalMilliseconds:0} ms");
            Assert.Equal(137, (await holder.WaitAsync()).ExitCode);
            Assert.True(requested < TimeSpan.FromSeconds(1), $"The next request came after {requested}.");
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(3), $"All had their token after {watch.Elapsed}.");
            Assert.Single(tokens.Distinct());
            Assert.Equal(2, job.TokenRequests.Count());
        }
        finally
        {
            others.ForEach(other => other.Process.Dispose());
        }
    }

    [NativeFact]
    public async Task Process_that_is_killed_at_whatever_time_fails_nobody()
    {
        await using var job = await SharedJob.StartAsync();
        var outcomes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var time = 0; time <= 60; time++)
        {
            NextFolder(job, time);
            using var victim = job.World.Start("get");
            using var others = Crowd.Start(job.World, 5);
            await Task.Delay(time);
            victim.Signal("KILL");

            var requests = await AssertNobodyFailsAsync(job, others);
            var outcome = ((await victim.WaitAsync()).ExitCode, requests) switch
            {
                (0, _) => "had ended",
                (_, 1) => "before its request, or with its entry there",
                _ => "between its request and its entry",
            };
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }

        told.WriteLine(
            $"killed 0 to 60 ms after the start: {string.Join("; ", outcomes.Select(outcome => $"{outcome.Key}: {outcome.Value}"))}");
    }

    /// <summary>Every call that touches a file of the cache is, one after the other, the last thing that a process does.</summary>
    [CrashFact]
    public async Task Process_that_dies_before_any_of_its_steps_fails_nobody()
    {
        await using var job = await SharedJob.StartAsync();
        var library = await CompileAsync(job);
        var steps = new List<string>();
        for (var step = 1; ; step++)
        {
            Assert.True(step < 200, "It does not end.");
            NextFolder(job, step);
            var (victim, log) = Stepping(job, library, step, Kill);
            using var _ = victim;
            var (exitCode, output, error) = await victim.WaitAsync();
            if (exitCode == 0)
            {
                break;
            }

            Assert.True(exitCode == 137, $"exit code {exitCode}\n{output}\n{error}");
            steps.Add(await File.ReadAllTextAsync(log));
            await AssertEntryIsWholeAsync(job);
            using var others = Crowd.Start(job.World, 4);
            await AssertNobodyFailsAsync(job, others);
        }

        told.WriteLine($"died before each of: {string.Join(", ", steps)}");
        // Else the library was not asked, and nothing was proven.
        Assert.All(["open .lock", "flock .lock", "open .new", "write .new", "rename .new"], step => Assert.Contains(step, steps));
    }

    /// <summary>Between its look at the entry and its lock there is time for another process to come and go.</summary>
    [CrashFact]
    public async Task Process_that_is_overtaken_before_it_has_the_lock_takes_the_others_token()
    {
        await using var job = await SharedJob.StartAsync();
        var (late, log) = Stepping(job, await CompileAsync(job), step: 2, Stop);
        using var _ = late;
        await SharedJob.UntilAsync(() => File.ReadAllText($"/proc/{late.Id}/stat").Contains(" T ", StringComparison.Ordinal));
        // The first step was to look for an entry.
        Assert.Equal("open .lock", await File.ReadAllTextAsync(log));

        using var early = Crowd.Start(job.World, 1);
        var token = await early.TokenAsync();
        late.Signal("CONT");

        Assert.Equal(token, await Crowd.TokenAsync(late));
        Assert.Single(job.TokenRequests);
    }

    private static (ChildProcess Process, string Log) Stepping(SharedJob job, string library, int step, int signal)
    {
        var log = job.World.Files.Path("step");
        File.Delete(log);
        Dictionary<string, string> variables = new(job.World.Variables("get"))
        {
            ["LD_PRELOAD"] = library,
            ["CRASH_AT"] = $"{step}",
            ["CRASH_SIGNAL"] = $"{signal}",
            ["CRASH_LOG"] = log,
        };
        return (ChildProcess.Start(Executable.Start(job.World.ArgumentsOf("get")), variables), log);
    }

    private static (ChildProcess Process, string Log) Waiting(SharedJob job, int number)
    {
        var log = job.World.Files.Path($"waiting-{number}.given");
        var start = Executable.Start(job.World.ArgumentsOf("get"));
        // Into a file, where it can be read while the process runs; by a shell, which drops names that hold a hyphen.
        var shell = new ProcessStartInfo(
            "sh", ["-c", "log=$1; shift; exec \"$@\" 2>\"$log\"", "sh", log, start.FileName, .. start.ArgumentList]);
        var variables = job.World.Variables("get").ToDictionary(variable => variable.Key.Replace('-', '_'), variable => variable.Value);
        return (ChildProcess.Start(shell, variables), log);
    }

    private static void NextFolder(SharedJob job, int number)
    {
        job.World.Environment["RUNNER_TEMP"] = Directory.CreateDirectory(job.World.Files.Path($"temp-{number}")).FullName;
        job.World.Sandbox.ClearRequests();
    }

    /// <summary>The entry is not there, or opens.</summary>
    private static async Task AssertEntryIsWholeAsync(SharedJob job)
    {
        if (job.Files(".jwe").Count > 0)
        {
            var requests = job.TokenRequests.Count();
            using var reader = Crowd.Start(job.World, 1);
            await reader.TokenAsync();
            Assert.Equal(requests, job.TokenRequests.Count());
        }
    }

    /// <returns>The number of requests.</returns>
    private static async Task<int> AssertNobodyFailsAsync(SharedJob job, Crowd others)
    {
        var token = await others.TokenAsync();
        var requests = job.TokenRequests.Count();
        Assert.InRange(requests, 1, 2);
        Assert.True(job.World.Sandbox.IsTokenValid(token));

        // The entry opens: who comes now asks nobody, whatever was left there.
        using var later = Crowd.Start(job.World, 1);
        Assert.Equal(token, await later.TokenAsync());
        Assert.Equal(requests, job.TokenRequests.Count());
        return requests;
    }

    private static async Task<string> CompileAsync(SharedJob job, [CallerFilePath] string file = "")
    {
        var library = job.World.Files.Path("crash.so");
        var (exitCode, _, error) = await ChildProcess.RunAsync(
            "clang", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", library,
            Path.Combine(Path.GetDirectoryName(file)!, "Crash", "crash.c"), "-ldl");
        Assert.True(exitCode == 0, error);
        return library;
    }
}
