using System.Diagnostics;
using Ccaas.Sandbox.GitHubRunner;

namespace Ccaas.Testing;

/// <summary>
/// A <c>run:</c> step as GitHub's runner reads it: a shell started with two pipes, each with a reader of its own. Which of the
/// two comes first is chance on the runner; here one of them is held back.
/// </summary>
public sealed class ScriptStep
{
    private ScriptStep(int exitCode, StepLog log, string raw) => (ExitCode, Log, Raw) = (exitCode, log, raw);

    public int ExitCode { get; }

    /// <summary>What its author sees.</summary>
    public StepLog Log { get; }

    /// <summary>All that came through the pipes, masks included.</summary>
    public string Raw { get; }

    public string Shown => string.Join('\n', Log.Lines);

    /// <summary>The token in clear, in any form.</summary>
    public bool ShowsToken => Canary.Token.FindIn(Shown).Any();

    /// <param name="world">A job.</param>
    /// <param name="script">For bash; <c>"$@"</c> is the program.</param>
    /// <param name="outputLag">How long the reader of standard output is held back.</param>
    /// <param name="errorLag">How long the reader of standard error is.</param>
    public static async Task<ScriptStep> RunAsync(World world, string script, TimeSpan outputLag = default, TimeSpan errorLag = default)
    {
        using var bash = Process.Start(Start(world, script))!;
        bash.StandardInput.Close();
        var log = new StepLog();
        var raw = new StringWriter();
        await Task.WhenAll(ReadAsync(bash.StandardOutput, outputLag), ReadAsync(bash.StandardError, errorLag));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await bash.WaitForExitAsync(limit.Token);
        return new ScriptStep(bash.ExitCode, log, raw.ToString());

        async Task ReadAsync(StreamReader stream, TimeSpan lag)
        {
            while (await stream.ReadLineAsync() is { } line)
            {
                if (lag > TimeSpan.Zero)
                {
                    await Task.Delay(lag);
                    lag = TimeSpan.Zero;
                }

                lock (log)
                {
                    log.AppendLine(line);
                    raw.WriteLine(line);
                }
            }
        }
    }

    /// <summary>Options that ask for the world's token, for a shell: names with hyphens do not get through one.</summary>
    public static string Options(World world) =>
        $"--provider genesys-cloud --client-id {Canary.ClientId} --token-url {world.Inputs["token-url"]} --api-url "
            + $"{world.Inputs["api-url"]}";

    private static ProcessStartInfo Start(World world, string script)
    {
        var program = Executable.Start([]);
        var start = new ProcessStartInfo(
            "bash", ["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script, "bash", program.FileName, .. program.ArgumentList])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = world.Files.Folder,
        };
        start.Environment.Clear();
        foreach (var (name, value) in world.Variables().Where(variable => !variable.Key.StartsWith("INPUT_", StringComparison.Ordinal)))
        {
            start.Environment[name] = value;
        }

        start.Environment["INPUT_CLIENT_SECRET"] = Canary.ClientSecret.Value;
        return start;
    }
}
