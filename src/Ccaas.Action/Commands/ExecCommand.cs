using System.Diagnostics;

namespace Ccaas.Action.Commands;

/// <summary>Runs a command with the token in its environment, and without the inputs.</summary>
internal static class ExecCommand
{
    /// <summary>Variables for this program only: inputs, a step's state, the fields of a service connection.</summary>
    private static readonly string[] RemovedPrefixes = ["INPUT_", "STATE_", "ENDPOINT_AUTH_", "VSTS_TASKVARIABLE_"];

    /// <returns>The command's exit code, on Windows. Elsewhere it does not return.</returns>
    /// <exception cref="FailureException">The command could not be started.</exception>
    public static async Task<ExitCode> RunAsync(
        ParsedCommand command, ProcessEnvironment environment, IEnumerable<KeyValuePair<string, string>> exports)
    {
        var variables = environment.Variables.Where(variable => !IsRemoved(variable.Key)).ToDictionary(StringComparer.Ordinal);
        foreach (var (name, value) in exports)
        {
            variables[name] = value;
        }

        return OperatingSystem.IsWindows()
            ? await ChildProgram.RunAsync(command.Program, command.Command.Skip(1), variables)
            : throw ProcessReplacement.Run(command.Program, command.Command, variables);
    }

    private static bool IsRemoved(string variable) =>
        Array.Exists(RemovedPrefixes, prefix => variable.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        || Input.OfAction.Any(input => variable.Equals(input.ScriptVariableName, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Runs the command as a child process: on Windows no process can become another program.</summary>
internal static class ChildProgram
{
    public static async Task<ExitCode> RunAsync(
        string program, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> variables)
    {
        // Ctrl+C and Ctrl+Break reach every process of the console. This process ends when the child does.
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
/// Replaces this process by the command (execve): the command has its process id and its streams, gets every signal itself, and
/// its exit code is the process's. So nothing has to be passed on.
/// </summary>
internal static partial class ProcessReplacement
{
    private const int BrokenPipe = 13;
    private const nint Default = 0;
    private const nint Ignored = 1;

    /// <param name="program">An absolute path.</param>
    /// <param name="command">The command and its arguments as they were typed.</param>
    /// <param name="variables">The whole environment.</param>
    /// <returns>Why the program was not started. On success it does not return.</returns>
    public static FailureException Run(string program, IEnumerable<string> command, IEnumerable<KeyValuePair<string, string>> variables)
    {
        // .NET ignores SIGPIPE, and the program would inherit that: yes | head would not end. It does not inherit handlers.
        _ = SetSignal(BrokenPipe, Default);
        // Both lists end with a null. .NET opens files such that execve closes them.
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
