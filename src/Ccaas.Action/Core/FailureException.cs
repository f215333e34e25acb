namespace Ccaas.Action.Core;

/// <summary>
/// An expected failure, written for the person whose pipeline broke: what happened, the likeliest cause, what to do, one link.
/// It is thrown where it is known, and caught at the top and where an optional cache is used. Text of a server must be made safe
/// with <see cref="PlainText"/> before it becomes part of one.
/// </summary>
/// <param name="exitCode">The exit code of the process.</param>
/// <param name="title">A few words, shown as the annotation's heading.</param>
/// <param name="message">What happened, in one or two sentences.</param>
/// <param name="cause">The likeliest cause; empty when it would be a guess.</param>
/// <param name="remedy">What to do next.</param>
/// <param name="topic">The anchor of a heading in docs/troubleshooting.md.</param>
internal sealed class FailureException(
    ExitCode exitCode, string title, string message, string cause, string remedy, string topic) : Exception(message)
{
    public ExitCode ExitCode => exitCode;

    public string Title => title;

    public string Cause => cause;

    public string Remedy => remedy;

    public string Topic => topic;

    public string Link => Links.Troubleshooting(topic);

    /// <summary>More facts, shown as a list below the message.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    public FailureException WithExitCode(ExitCode code) => new(code, title, Message, cause, remedy, topic) { Details = Details };

    /// <returns>The whole text, one part on each line.</returns>
    public IEnumerable<string> Lines() =>
    [
        Message,
        .. Details.Select(detail => $"- {detail}"),
        .. cause.Length > 0 ? [$"Likely cause: {cause}"] : Array.Empty<string>(),
        $"What to do: {remedy}",
        $"More: {Link}",
    ];
}

/// <summary>The exit codes. They are public contract: they change only with a major version.</summary>
internal enum ExitCode
{
    Done = 0,

    /// <summary>A bug in this program, or a machine that fails (a full disk while the outputs are written).</summary>
    Bug = 1,

    Inputs = 2,
    CredentialsRefused = 3,
    NotPermitted = 4,
    RateLimited = 5,
    ServerFailed = 6,
    Network = 7,

    /// <summary>A cache, a store or a sealed token that was required could not be used.</summary>
    Reuse = 8,

    /// <summary>The command of <c>exec</c> cannot be executed; the same number as in shells.</summary>
    CommandNotExecutable = 126,

    /// <summary>The command of <c>exec</c> is not found; the same number as in shells.</summary>
    CommandNotFound = 127,

    /// <summary>128 + SIGINT, as in shells; also used for SIGTERM, because both mean that the job was canceled.</summary>
    Canceled = 130,
}

/// <summary>Describes an unexpected exception without its message, which may contain anything.</summary>
internal static class Bug
{
    private const int FramesShown = 6;

    public static FailureException Describe(Exception exception) => new(ExitCode.Bug, "A bug in this program",
        $"Something that should not happen did: {exception.GetType().Name}.",
        "",
        "please report it, with these lines and the version; they hold no secrets.",
        "a-bug-in-this-program")
    {
        // Names of methods only; a stack trace contains no values.
        Details = [
            .. (exception.StackTrace ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Take(FramesShown).Select(Method)],
    };

    // Without the source file, a path of the machine that built the program.
    private static string Method(string frame) => PlainText.OneLine(frame.Split(" in ")[0], 160);
}

/// <summary>Addresses of this project's own pages; messages contain no other links.</summary>
internal static class Links
{
    public const string Project = "https://github.com/org/ccaas-token-action";

    /// <param name="topic">A heading's anchor in docs/troubleshooting.md.</param>
    public static string Troubleshooting(string topic) => $"{Project}/blob/v1/docs/troubleshooting.md#{topic}";
}
