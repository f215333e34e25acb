using System.Runtime.InteropServices;
using Ccaas.Action.Foundation;

namespace Ccaas.Action.Commands;

/// <summary>
/// Finds the program of a command: by its path, or in PATH as shells do. Folders of PATH that are empty or relative are passed
/// over: they name a place in the working folder, which in a job is somebody's checkout.
/// </summary>
internal static partial class CommandLookup
{
    /// <summary><c>X_OK</c> of access(2).</summary>
    private const int MayExecute = 1;

    /// <returns>The program's absolute path; or the failure that shells tell by 126 or 127.</returns>
    public static Result<string> Find(string command, Surroundings surroundings)
    {
        var places = command.AsSpan().IndexOfAny('/', Path.DirectorySeparatorChar) >= 0
            ? [Path.GetFullPath(command)]
            : (surroundings.Variable("PATH") ?? "").Split(Path.PathSeparator).Where(Path.IsPathFullyQualified).Select(folder => Path.Combine(folder, command));
        var found = (from place in places from ending in Endings(surroundings) select place + ending).Where(File.Exists).ToList();
        return found.Find(IsExecutable) is { } program ? program : found.Count > 0 ? CommandFailures.NotExecutable : CommandFailures.NotFound;
    }

    private static string[] Endings(Surroundings surroundings) =>
        OperatingSystem.IsWindows() ? ["", .. (surroundings.Variable("PATHEXT") ?? ".EXE;.CMD;.BAT").Split(';')] : [""];

    // An empty file runs as an empty script in a shell, and nowhere else; devices and pipes have no length either.
    private static bool IsExecutable(string file) =>
        new FileInfo(file) is { Length: > 0 } or { LinkTarget: not null } && (OperatingSystem.IsWindows() || Access(file, MayExecute) == 0);

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Access(string path, int mode);
}
