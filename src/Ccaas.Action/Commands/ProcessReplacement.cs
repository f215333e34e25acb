using System.Runtime.InteropServices;
using Ccaas.Action.Foundation;

namespace Ccaas.Action.Commands;

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
    public static Failure Run(string program, IEnumerable<string> command, IEnumerable<KeyValuePair<string, string>> variables)
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
