using Ccaas.Action.Foundation;

namespace Ccaas.Action.Commands;

/// <summary>Why a command was not run, by the exit codes that shells have for it.</summary>
internal static class CommandFailures
{
    private const int ArgumentsTooLong = 7;
    private const int NoSuchFile = 2;
    private const int FormatNotKnown = 8;

    public static Failure NotFound => new(ExitCode.CommandNotFound, "Command not found",
        "The command of exec names no program that is there; nothing was sent anywhere.",
        "a wrong spelling, or its folder is not in PATH; what stands in the working folder is run only by its path, such as ./deploy.sh.",
        "correct it, or give the program's whole path.",
        "the-command-cannot-be-run");

    public static Failure NotExecutable => NotRun("it is no file that this user may execute, or it is empty") with
    {
        Happened = "The command of exec names a file that cannot be executed; nothing was sent anywhere.",
        Cause = "it is empty, no regular file, or this user may not execute it.",
    };

    /// <param name="error">What execve(2) failed with. These numbers are the same on Linux and macOS.</param>
    public static Failure NotStarted(int error) => NotRun(error switch
    {
        ArgumentsTooLong => "its arguments and its environment together are longer than this system takes",
        NoSuchFile => "the interpreter that its first line names, or its loader, is not there",
        FormatNotKnown => "it is a script without #! and an interpreter in its first line, or a program for another processor",
        _ => "the system refused; its folder may be mounted with noexec",
    });

    private static Failure NotRun(string why) => new(ExitCode.CommandNotExecutable, "The command cannot be run",
        "The command of exec was not started, although there is a token for it.",
        $"{why}.",
        "make the file executable (chmod +x), and run it by hand on the same machine.",
        "the-command-cannot-be-run");
}
