using System.Diagnostics;

namespace Ccaas.Sandbox.Demo;

/// <summary>Runs the real program as a process of its own. The build puts a copy of it into a folder beside this one.</summary>
internal static class StepProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <param name="given">The executable to run in place of that copy; empty: none.</param>
    /// <param name="environment">All of its environment.</param>
    /// <param name="folder">Its working folder.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="IOException">The program is not there or cannot be started.</exception>
    /// <exception cref="TimeoutException">It was still running after a minute, and was ended.</exception>
    public static async Task<StepResult> RunAsync(string given, IReadOnlyDictionary<string, string> environment, string folder,
        CancellationToken stop)
    {
        var start = Describe(given, environment, folder);
        var started = TimeProvider.System.GetTimestamp();
        using var process = Start(start);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Limit);
        try
        {
            var lines = new List<string>();
            process.StandardInput.Close();
            await Task.WhenAll(
                ReadAsync(process.StandardOutput, lines, limit.Token),
                ReadAsync(process.StandardError, lines, limit.Token),
                process.WaitForExitAsync(limit.Token));
            return new StepResult(process.ExitCode, TimeProvider.System.GetElapsedTime(started), lines);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            stop.ThrowIfCancellationRequested();
            throw new TimeoutException($"ccaas-token was still running after {Limit.TotalSeconds} seconds, and was ended");
        }
    }

    private static ProcessStartInfo Describe(string given, IReadOnlyDictionary<string, string> environment, string folder)
    {
        var name = Path.Combine(AppContext.BaseDirectory, "program", "ccaas-token");
        var executable = given.Length > 0 ? Path.GetFullPath(given) : OperatingSystem.IsWindows() ? name + ".exe" : name;
        // A build without an executable has the assembly still, and the runtime that runs us runs it too.
        var start = given.Length > 0 || File.Exists(executable)
            ? new ProcessStartInfo(executable)
            : new ProcessStartInfo(Path.Combine(StepEnvironment.DotnetRoot, "dotnet"), [name + ".dll"]);
        start.WorkingDirectory = folder;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment.Clear();
        foreach (var (variable, value) in environment)
        {
            start.Environment[variable] = value;
        }

        return start;
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new IOException($"{start.FileName} could not be started: {e.Message}", e);
        }
    }

    private static async Task ReadAsync(StreamReader reader, List<string> lines, CancellationToken cancellation)
    {
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            lock (lines)
            {
                lines.Add(line);
            }
        }
    }
}
