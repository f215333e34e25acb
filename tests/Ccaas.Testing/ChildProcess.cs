using System.Diagnostics;
using System.Text;

namespace Ccaas.Testing;

/// <summary>A bounded child process whose streams are captured whole.</summary>
public sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(120);

    /// <summary>
    /// A background job of a shell ignores SIGINT, and whatever is ignored stays so in every program that it starts, which a
    /// test of signals would wait for in vain.
    /// </summary>
    private static readonly bool IgnoresInterrupts = OperatingSystem.IsLinux()
        && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is { } ignored
        && (Convert.ToUInt64(ignored[7..].Trim(), 16) & (1UL << (2 - 1))) != 0;

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private ChildProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    /// <param name="start">What to run.</param>
    /// <param name="environment">All of its environment; nothing is inherited. Null inherits everything.</param>
    /// <param name="input">Standard input; null: empty.</param>
    /// <param name="keepInputOpen">Whether standard input stays open after that.</param>
    public static ChildProcess Start(ProcessStartInfo start, IReadOnlyDictionary<string, string>? environment, string? input = null,
        bool keepInputOpen = false)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = start.RedirectStandardInput = true;
        start.StandardOutputEncoding = start.StandardErrorEncoding = new UTF8Encoding(false);
        start.StandardInputEncoding = new UTF8Encoding(false);
        start.UseShellExecute = false;
        if (environment is not null)
        {
            start.Environment.Clear();
            foreach (var (name, value) in environment)
            {
                start.Environment[name] = value;
            }
        }

        if (IgnoresInterrupts)
        {
            start.ArgumentList.Insert(0, start.FileName);
            start.ArgumentList.Insert(0, "--default-signal=HUP,INT,QUIT");
            start.FileName = "/usr/bin/env";
        }

        var child = new ChildProcess(Process.Start(start)!);
        if (input is not null)
        {
            child._process.StandardInput.Write(input);
        }

        if (!keepInputOpen)
        {
            child._process.StandardInput.Close();
        }

        return child;
    }

    /// <summary>Sends a signal by its name, such as <c>TERM</c>.</summary>
    public void Signal(string name)
    {
        // The shell's own command: a machine with nothing but the SDK has no other. It may have ended by itself.
        using var kill = Process.Start("sh", ["-c", $"kill -s {name} {_process.Id} 2>/dev/null"]);
        kill.WaitForExit();
    }

    /// <param name="longest">When to give up; null: after two minutes.</param>
    /// <exception cref="TimeoutException">It did not end by itself.</exception>
    public async Task<(int ExitCode, string Output, string Error)> WaitAsync(TimeSpan? longest = null)
    {
        using var limit = new CancellationTokenSource(longest ?? Longest);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The child process did not end within {longest ?? Longest}.");
        }

        return (_process.ExitCode, await _output, await _error);
    }

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string file, params string[] arguments)
    {
        using var child = Start(new ProcessStartInfo(file, arguments), environment: null);
        return await child.WaitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
