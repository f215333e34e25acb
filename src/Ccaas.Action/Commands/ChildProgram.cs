using System.Diagnostics;
using System.Runtime.InteropServices;
using Ccaas.Action.Foundation;

namespace Ccaas.Action.Commands;

/// <summary>Another program that has this one's streams, and is told what this one is told.</summary>
internal static partial class ChildProgram
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    /// <param name="command">The program and its arguments.</param>
    /// <param name="variables">All of its environment.</param>
    /// <returns>What it ended with: its exit code, or 128 and the signal's number as shells have it.</returns>
    public static async Task<ExitCode> RunAsync(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { UseShellExecute = false };
        start.Environment.Clear();
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var child = Process.Start(start)!;
        // At a terminal, the keys that interrupt reach the child by themselves.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => HandOn(signal, child, Console.IsInputRedirected ? Interrupt : null));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => HandOn(signal, child, Terminate));
        await child.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        return (ExitCode)child.ExitCode;
    }

    /// <summary>Whether there is such a program: by its path, or in one of the folders of PATH.</summary>
    public static bool Exists(string program, Surroundings surroundings)
    {
        if (program.AsSpan().IndexOfAny('/', Path.DirectorySeparatorChar) >= 0)
        {
            return File.Exists(program);
        }

        var endings = OperatingSystem.IsWindows() ? ["", .. (surroundings.Variable("PATHEXT") ?? ".EXE;.CMD;.BAT").Split(';')] : new[] { "" };
        return (surroundings.Variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => endings.Any(ending => File.Exists(Path.Combine(folder, program + ending))));
    }

    private static void HandOn(PosixSignalContext context, Process child, int? number)
    {
        // This program ends when the child does.
        context.Cancel = true;
        if (number is { } signal && !OperatingSystem.IsWindows() && !child.HasExited)
        {
            _ = Kill(child.Id, signal);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
