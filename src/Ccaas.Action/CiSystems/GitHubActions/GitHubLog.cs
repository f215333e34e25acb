namespace Ccaas.Action.CiSystems.GitHubActions;

/// <summary>
/// Log lines and workflow commands. All go to standard output: the runner reads the two streams in parallel, and has to read a
/// mask before the line that needs it.
/// </summary>
internal sealed class GitHubLog(TextWriter output, Redactor redactor, bool isDebugging)
{
    public void Plain(string line) => Write(Safe(line));

    public void Debug(string line)
    {
        if (isDebugging)
        {
            Write(WorkflowCommand.Format("debug", Safe(line)));
        }
    }

    public void DebugGroup(string title, IEnumerable<string> lines)
    {
        if (!isDebugging)
        {
            return;
        }

        Write(WorkflowCommand.Format("group", Safe(title)));
        foreach (var line in lines)
        {
            Debug(line);
        }

        Write("::endgroup::");
    }

    /// <param name="level"><c>error</c>, <c>warning</c> or <c>notice</c>.</param>
    /// <param name="title">The annotation's heading.</param>
    /// <param name="lines">The annotation's text.</param>
    public void Annotate(string level, string title, IEnumerable<string> lines) =>
        Write(WorkflowCommand.Format(level, "title", Safe(title), string.Join('\n', lines.Select(Safe))));

    /// <summary>The only line that contains a secret in plain text. The runner does not show it.</summary>
    public static string Mask(string form) => WorkflowCommand.Format("add-mask", form);

    public void AddMasks(IEnumerable<string> forms)
    {
        foreach (var form in forms)
        {
            Write(Mask(form));
        }
    }

    private string Safe(string line) => redactor.SafeLine(line);

    private void Write(string line)
    {
        // Not WriteLine: the runner splits at a line feed, on every system.
        output.Write($"{line}\n");
        output.Flush();
    }
}

/// <summary>
/// Workflow commands with the runner's escapes:
/// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
/// </summary>
internal static class WorkflowCommand
{
    public static string Format(string name, string data) => $"::{name}::{Escape(data)}";

    public static string Format(string name, string property, string value, string data) =>
        $"::{name} {property}={EscapeProperty(value)}::{Escape(data)}";

    private static string Escape(string data) =>
        // The percent sign first, or it would escape the escapes.
        data.Replace("%", "%25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string EscapeProperty(string value) =>
        Escape(value).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
