using System.Diagnostics;
using System.Runtime.InteropServices;
using Ccaas.Action.Foundation;

namespace Ccaas.Action.Commands;

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
        await child.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        return (ExitCode)child.ExitCode;
    }
}
