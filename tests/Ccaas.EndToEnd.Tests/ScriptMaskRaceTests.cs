using System.Diagnostics;
using Ccaas.Testing;
using Xunit.Abstractions;

namespace Ccaas.EndToEnd.Tests;

/// <summary>A thousand scripts that show their token through both streams of their step, with readers that are late by chance.</summary>
[Collection(Crowds.Name)]
public sealed class ScriptMaskRaceTests(ITestOutputHelper told)
{
    private const int Runs = 1000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    [NativeTheory]
    [InlineData("T=$(\"$@\" get OPTIONS); echo \"$T\"; echo \"$T\" >&2")]
    [InlineData("\"$@\" exec OPTIONS -- sh -c 'echo $CCAAS_ACCESS_TOKEN; echo $CCAAS_ACCESS_TOKEN >&2'")]
    public async Task Token_is_shown_in_none_of_a_thousand_runs(string script)
    {
        await using var job = await SharedJob.StartAsync();
        script = script.Replace("OPTIONS", ScriptStep.Options(job.World), StringComparison.Ordinal);
        var (watch, runs, shown) = (Stopwatch.StartNew(), 0, 0);
        // The first fills the job's cache.
        Assert.Equal(0, (await ScriptStep.RunAsync(job.World, script)).ExitCode);

        await Parallel.ForAsync(0, Runs, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (_, _) =>
        {
            if (watch.Elapsed > Longest)
            {
                return;
            }

            var (lag, isOutputLate) = (TimeSpan.FromMilliseconds(Random.Shared.Next(20)), Random.Shared.Next(2) == 0);
            var step = await ScriptStep.RunAsync(job.World, script, isOutputLate ? lag : default, isOutputLate ? default : lag);
            Assert.Equal(0, step.ExitCode);
            Assert.Contains("***", step.Shown, StringComparison.Ordinal);
            Interlocked.Increment(ref runs);
            Interlocked.Add(ref shown, step.ShowsToken ? 1 : 0);
        });

        told.WriteLine($"{shown} of {runs} shown, in {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.Equal(0, shown);
        Assert.Single(job.TokenRequests);
        // A machine that is slower than that has run fewer.
        Assert.InRange(runs, 100, Runs);
    }

    /// <summary>A signal at any moment ends the program or its command, and leaves neither behind.</summary>
    [NativeTheory]
    [InlineData("TERM", 143)]
    [InlineData("INT", 130)]
    [InlineData("HUP", 129)]
    [InlineData("QUIT", 131)]
    [InlineData("USR1", 138)]
    public async Task Signal_around_the_start_of_a_command_is_never_lost(string signal, int exitCode)
    {
        await using var job = await SharedJob.StartAsync();
        for (var delay = 0; delay < 20; delay++)
        {
            var step = await ScriptStep.RunAsync(job.World,
                $"env --default-signal=HUP,INT,QUIT \"$@\" exec {ScriptStep.Options(job.World)} -- sleep 20 & P=$!; until [[ $(cat "
                    + $"/proc/$P/comm) =~ ^(ccaas-token|sleep)$ ]]; do :; done; sleep 0.{delay * 2:000}; kill -s {signal} $P; C=0; wait "
                    + "$P || C=$?; echo code $C; kill -0 $P 2>/dev/null && echo left behind || true");

            // Not before the program is there: the shell and env ignore some signals. env, because a shell starts what it puts
            // into the background with SIGINT and SIGQUIT ignored, and nohup with SIGHUP.
            Assert.True(step.Shown.Contains($"code {exitCode}", StringComparison.Ordinal), $"after {delay * 2} ms: {step.Shown}");
            Assert.DoesNotContain("left behind", step.Shown, StringComparison.Ordinal);
        }
    }
}
