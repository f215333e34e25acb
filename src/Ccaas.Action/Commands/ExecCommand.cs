using System.Diagnostics;

namespace Ccaas.Action.Commands;

/// <summary>
/// Becomes another program, with a token in its environment in place of what it was obtained with: that stays here.
/// </summary>
internal sealed class ExecCommand(TokenAcquisition acquisition, ProcessEnvironment environment, string program, IReadOnlyList<string> command)
{
    /// <summary>What is meant for this program alone: inputs, the state of a step, and the parameters of a service connection.</summary>
    private static readonly string[] Ours = ["INPUT_", "STATE_", "ENDPOINT_AUTH_", "VSTS_TASKVARIABLE_"];

    /// <returns>What the program ended with, where it was a child; it does not return otherwise.</returns>
    /// <exception cref="FailureException">There is no token, or the program could not be started.</exception>
    /// <exception cref="OperationCanceledException">The job was cancelled; the program was not started.</exception>
    public async Task<ExitCode> RunAsync(CancellationToken cancellation)
    {
        var publication = await acquisition.RunAsync(cancellation);

        cancellation.ThrowIfCancellationRequested();
        var variables = environment.Variables.Where(variable => !IsOurs(variable.Key)).ToDictionary(StringComparer.Ordinal);
        foreach (var (name, value) in EnvironmentExports.Of(publication))
        {
            variables[name] = value;
        }

        if (!OperatingSystem.IsWindows())
        {
            throw ProcessReplacement.Run(program, command, variables);
        }

        return await ChildProgram.RunAsync(program, command.Skip(1), variables);
    }

    private static bool IsOurs(string variable) =>
        Array.Exists(Ours, prefix => variable.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        || Input.All.Any(input => !input.IsOptionOnly && variable.Equals(input.ScriptVariableName, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The command as a child: on Windows, where no process can become another program.</summary>
internal static class ChildProgram
{
    /// <param name="program">An absolute path.</param>
    /// <param name="arguments">Without the program's name.</param>
    /// <param name="variables">All of its environment.</param>
    /// <returns>Its exit code.</returns>
    public static async Task<ExitCode> RunAsync(string program, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> variables)
    {
        // The keys that interrupt reach every process of a console by themselves. This one ends when the child does.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, signal => signal.Cancel = true);
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false };
        start.Environment.Clear();
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var child = Process.Start(start)!;
        await child.WaitForExitAsync(CancellationToken.None);
        return (ExitCode)child.ExitCode;
    }
}

/// <summary>
/// Makes this process the command's (execve): its number, its streams, its exit code and every signal are the command's from
/// then on. Nothing has to be passed on, and nothing can be lost in between.
/// </summary>
internal static partial class ProcessReplacement
{
    private const int BrokenPipe = 13;
    private const nint Default = 0;
    private const nint Ignored = 1;

    /// <param name="program">An absolute path.</param>
    /// <param name="command">As it was typed, the program's name first.</param>
    /// <param name="variables">All of its environment.</param>
    /// <returns>Why it failed. It does not return otherwise.</returns>
    public static FailureException Run(string program, IEnumerable<string> command, IEnumerable<KeyValuePair<string, string>> variables)
    {
        // .NET ignores SIGPIPE, and what is ignored stays so in another program: yes | head would not end. Handlers do not stay.
        _ = SetSignal(BrokenPipe, Default);
        // A null ends the lists. What this process has open, .NET opened to be closed here.
        _ = Execute(program, [.. command, null], [.. variables.Select(variable => $"{variable.Key}={variable.Value}"), null]);
        var error = Marshal.GetLastPInvokeError();
        _ = SetSignal(BrokenPipe, Ignored);
        return CommandFailures.NotStarted(error);
    }

    [LibraryImport("libc", EntryPoint = "execve", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Execute(string program, string?[] arguments, string?[] variables);

    [LibraryImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint SetSignal(int signal, nint disposition);
}
