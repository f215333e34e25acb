namespace Ccaas.Action.Commands;

/// <summary>
/// Finds the program of a command: by its path, or in PATH as shells do. Folders of PATH that are empty or relative are passed
/// over: they name a place in the working folder, which in a job is somebody's checkout.
/// </summary>
internal static partial class CommandLookup
{
    /// <summary><c>X_OK</c> of access(2).</summary>
    private const int MayExecute = 1;

    /// <returns>The program's absolute path.</returns>
    /// <exception cref="FailureException">There is none, or it cannot be executed; shells tell that by 127 and 126.</exception>
    public static string Find(string command, ProcessEnvironment environment)
    {
        var places = command.AsSpan().IndexOfAny('/', Path.DirectorySeparatorChar) >= 0
            ? [Path.GetFullPath(command)]
            : (environment.Variable("PATH") ?? "").Split(Path.PathSeparator).Where(Path.IsPathFullyQualified).Select(folder => Path.Combine(folder, command));
        var found = (from place in places from ending in Endings(environment) select place + ending).Where(File.Exists).ToList();
        return found.Find(IsExecutable) ?? throw (found.Count > 0 ? CommandFailures.NotExecutable : CommandFailures.NotFound);
    }

    private static string[] Endings(ProcessEnvironment environment) =>
        OperatingSystem.IsWindows() ? ["", .. (environment.Variable("PATHEXT") ?? ".EXE;.CMD;.BAT").Split(';')] : [""];

    // An empty file runs as an empty script in a shell, and nowhere else; devices and pipes have no length either.
    private static bool IsExecutable(string file) =>
        new FileInfo(file) is { Length: > 0 } or { LinkTarget: not null } && (OperatingSystem.IsWindows() || Access(file, MayExecute) == 0);

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Access(string path, int mode);
}

/// <summary>Why a command was not run, by the exit codes that shells have for it.</summary>
internal static class CommandFailures
{
    private const int ArgumentsTooLong = 7;
    private const int NoSuchFile = 2;
    private const int FormatNotKnown = 8;

    public static FailureException NotFound => new(ExitCode.CommandNotFound, "Command not found",
        "The command of exec names no program that is there; nothing was sent anywhere.",
        "a wrong spelling, or its folder is not in PATH; what stands in the working folder is run only by its path, such as ./deploy.sh.",
        "correct it, or give the program's whole path.",
        "the-command-cannot-be-run");

    public static FailureException NotExecutable => NotRun(
        "The command of exec names a file that cannot be executed; nothing was sent anywhere.",
        "it is empty, no regular file, or this user may not execute it");

    /// <param name="error">What execve(2) failed with. These numbers are the same on Linux and macOS.</param>
    public static FailureException NotStarted(int error) => NotRun("The command of exec was not started, although there is a token for it.", error switch
    {
        ArgumentsTooLong => "its arguments and its environment together are longer than this system takes",
        NoSuchFile => "the interpreter that its first line names, or its loader, is not there",
        FormatNotKnown => "it is a script without #! and an interpreter in its first line, or a program for another processor",
        _ => "the system refused; its folder may be mounted with noexec",
    });

    private static FailureException NotRun(string message, string why) => new(ExitCode.CommandNotExecutable, "The command cannot be run",
        message,
        $"{why}.",
        "make the file executable (chmod +x), and run it by hand on the same machine.",
        "the-command-cannot-be-run");
}
