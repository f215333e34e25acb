namespace Ccaas.Sandbox.GitHubRunner;

/// <summary>
/// Finds the command in a line of output as GitHub's runner does (actions/runner, src/Runner.Common/ActionCommand.cs).
/// It knows nothing of how our program writes commands: that is its worth as a witness.
/// </summary>
public static class WorkflowCommandParser
{
    private const string Mark = "::";
    private const string OldMark = "##[";

    // Order matters and is the runner's: the percent sign comes last, so that %250A becomes %0A and not a new line.
    private static readonly (string Escaped, string Text)[] DataEscapes = [("%0D", "\r"), ("%0A", "\n"), ("%25", "%")];
    private static readonly (string Escaped, string Text)[] PropertyEscapes =
        [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")];
    private static readonly (string Escaped, string Text)[] OldEscapes =
        [("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%25", "%")];

    /// <summary>The commands that the runner has. A line with any other name is ordinary output.</summary>
    public static IReadOnlySet<string> KnownCommands { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group", "notice",
        "remove-matcher", "save-state", "set-env", "set-output", "stop-commands", "warning",
    };

    /// <summary>Null if the line holds no command.</summary>
    /// <param name="line">One line, without its end.</param>
    /// <param name="resumeToken">What <c>stop-commands</c> was given: a command too while commands are stopped.</param>
    public static WorkflowCommand? Parse(string line, string? resumeToken = null)
    {
        ArgumentNullException.ThrowIfNull(line);
        return ParseNew(line, resumeToken) ?? ParseOld(line, resumeToken);
    }

    private static WorkflowCommand? ParseNew(string line, string? resumeToken)
    {
        var start = line.TrimStart();
        if (!start.StartsWith(Mark, StringComparison.Ordinal))
        {
            return null;
        }

        var end = start.IndexOf(Mark, Mark.Length, StringComparison.Ordinal);
        return end < 0
            ? null
            : Create(start[Mark.Length..end], start[(end + Mark.Length)..], ',', PropertyEscapes, DataEscapes, resumeToken);
    }

    private static WorkflowCommand? ParseOld(string line, string? resumeToken)
    {
        var start = line.IndexOf(OldMark, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        var end = line.IndexOf(']', start);
        return end < 0
            ? null
            : Create(line[(start + OldMark.Length)..end], line[(end + 1)..], ';', OldEscapes, OldEscapes, resumeToken);
    }

    private static WorkflowCommand? Create(
        string head, string data, char separator, (string, string)[] propertyEscapes, (string, string)[] dataEscapes, string? resumeToken)
    {
        var space = head.IndexOf(' ', StringComparison.Ordinal);
        var name = space < 0 ? head : head[..space];
        if (!KnownCommands.Contains(name) && !string.Equals(name, resumeToken, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in space < 0 ? [] : head[(space + 1)..].Trim().Split(separator, StringSplitOptions.RemoveEmptyEntries))
        {
            // A property without a name or without a value is passed over in silence.
            if (property.Split('=', 2, StringSplitOptions.RemoveEmptyEntries) is [var key, var value])
            {
                properties[key] = Unescape(value, propertyEscapes);
            }
        }

        return new WorkflowCommand(name, properties, Unescape(data, dataEscapes));
    }

    private static string Unescape(string text, (string Escaped, string Text)[] escapes) =>
        escapes.Aggregate(text, (current, escape) => current.Replace(escape.Escaped, escape.Text, StringComparison.Ordinal));
}

/// <summary>A command that a step gave the runner in a line of its output.</summary>
/// <param name="Name">As written; the runner compares it without case.</param>
/// <param name="Properties">Unescaped. Names compare without case.</param>
/// <param name="Data">Unescaped; empty if there was none.</param>
public sealed record WorkflowCommand(string Name, IReadOnlyDictionary<string, string> Properties, string Data);
