namespace Ccaas.Action.Foundation;

/// <summary>Describes an exception that nobody expected without what it says: messages of exceptions hold whatever was at hand.</summary>
internal static class Bug
{
    private const int FramesShown = 6;

    public static Failure Describe(Exception exception) => new(ExitCode.Bug, "A bug in this program",
        $"Something that should not happen did: {exception.GetType().Name}.",
        "",
        "please report it, with these lines and the version; they hold no secrets.",
        "a-bug-in-this-program")
    {
        // Names of methods; a stack trace holds no values.
        Details = [.. (exception.StackTrace ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(FramesShown).Select(Method)],
    };

    // Without the source file, which would be a path of the machine that built this.
    private static string Method(string frame) => PlainText.OneLine(frame.Split(" in ")[0], 160);
}
