using System.Runtime.CompilerServices;
using Xunit;

namespace Ccaas.Testing;

/// <summary>What holds for every run, whatever its story.</summary>
public static class Scenario
{
    /// <summary>
    /// Checks the transcript, that no secret shows, that the runner understands every file, and that the sandbox knew every
    /// request.
    /// </summary>
    public static void Verify(Run run, int exitCode, string? name = null, [CallerFilePath] string file = "",
        [CallerMemberName] string method = "")
    {
        AssertSafe(run, exitCode);
        Snapshot.Verify(Transcript.Of(run), name, file, method);
        // In a task, whatever went wrong, a number other than zero would be another failure; a script decides by it.
        Assert.Equal(run.IsAzure && !run.IsScript ? 0 : exitCode, run.ExitCode);
    }

    /// <summary>The same without the transcript, and without the exit code.</summary>
    public static void AssertSafe(Run run, int exitCode)
    {
        run.AssertNoSecretShows();
        Assert.All(run.World.Sandbox.Requests, request => Assert.True(request.Known, $"unknown request: {request}"));
        if (run.IsGitHub)
        {
            AssertRunnerUnderstands(run);
        }

        if (run.IsAzure)
        {
            AssertAgentUnderstands(run, exitCode);
        }
    }

    private static void AssertAgentUnderstands(Run run, int exitCode)
    {
        var log = run.AgentLog();
        Assert.Empty(log.Refused);
        Assert.Equal(exitCode switch { _ when run.IsScript => null, 0 => null, 130 => "Canceled", _ => "Failed" }, log.Result);
        Assert.Equal(exitCode is 0 or 130 ? 0 : 1, log.Issues.Count(issue => issue.Type == "error"));
        var shown = string.Join('\n', log.Shown);
        Assert.Empty(Canary.All.SelectMany(canary => canary.FindIn(shown)));
    }

    private static void AssertRunnerUnderstands(Run run)
    {
        _ = run.Outputs;
        _ = run.Exports;
        var log = run.StepLog();
        Assert.False(log.CommandFailed);
        Assert.False(log.CommandsStopped);
        Assert.Empty(log.Outputs);
        Assert.Empty(log.State);
        Assert.Equal(run.ExitCode is 0 or 130 ? 0 : 1, log.Annotations.Count(annotation => annotation.Level == "error"));

        // What was printed must have been masked before: replaying the log shows nothing.
        var shown = string.Join('\n', log.Lines);
        Assert.Empty(Canary.All.SelectMany(canary => canary.FindIn(shown)));
    }
}
