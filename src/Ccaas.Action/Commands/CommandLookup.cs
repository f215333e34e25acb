namespace Ccaas.Action.Commands;

/// <summary>
/// Finds the program of a command: by its path, or in PATH as shells do. Empty and relative entries of PATH are skipped: they
/// mean the working folder, which in a job is a checkout.
/// </summary>
internal static partial class CommandLookup
{
    /// <summary><c>X_OK</c> of access(2).</summary>
    private const int MayExecute = 1;

    /// <returns>The program's absolute path.</returns>
    /// <exception cref="FailureException">It is not found (exit code 127, as in shells), or cannot be executed (126).</exception>
    public static string Find(string command, ProcessEnvironment environment)
    {
        string[] endings = OperatingSystem.IsWindows() ? ["", .. (environment.Variable("PATHEXT") ?? ".EXE;.CMD;.BAT").Split(';')] : [""];
        var places = command.AsSpan().IndexOfAny('/', Path.DirectorySeparatorChar) >= 0
            ? [Path.GetFullPath(command)]
            : (environment.Variable("PATH") ?? "").Split(Path.PathSeparator)
                .Where(Path.IsPathFullyQualified)
                .Select(folder => Path.Combine(folder, command));
        var found = (from place in places from ending in endings select place + ending).Where(File.Exists).ToList();
        return found.Find(IsExecutable) ?? throw (found.Count > 0 ? CommandFailures.NotExecutable : CommandFailures.NotFound);
    }

    // Only a shell runs an empty file, as an empty script. Devices and pipes have no length either.
    private static bool IsExecutable(string file) =>
        new FileInfo(file) is { Length: > 0 } or { LinkTarget: not null } && (OperatingSystem.IsWindows() || Access(file, MayExecute) == 0);

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Access(string path, int mode);
}

internal static class CommandFailures
{
    // errno values, the same on Linux and macOS.
    private const int NoSuchFile = 2;
    private const int ArgumentsTooLong = 7;
    private const int UnknownFormat = 8;

    public static FailureException NotFound => new(ExitCode.CommandNotFound, "Command not found",
        "The program of the command was not found; nothing was sent anywhere.",
        "its name is mistyped, or its folder is not in PATH; a program in the working folder is run only by its path, such as ./deploy.sh.",
        "correct it, or give the program's whole path.",
        "the-command-cannot-be-run");

    public static FailureException NotExecutable => NotRun(
        "The program of the command cannot be executed; nothing was sent anywhere.",
        "the file is empty or not a regular file, or this user may not execute it");

    /// <param name="error">The error of execve(2).</param>
    public static FailureException NotStarted(int error) => NotRun(
        "A token was obtained, but the command could not be started.",
        error switch
        {
            ArgumentsTooLong => "its arguments and environment together are longer than this system allows",
            NoSuchFile => "the interpreter in its first line, or its loader, is missing",
            UnknownFormat => "it is a script without #! and an interpreter in its first line, or a program for another processor",
            _ => "the system refused; its folder may be mounted with noexec",
        });

    private static FailureException NotRun(string message, string cause) => new(ExitCode.CommandNotExecutable, "The command cannot be run",
        message,
        $"{cause}.",
        "make the file executable (chmod +x), and try to run it by hand on the same machine.",
        "the-command-cannot-be-run");
}
