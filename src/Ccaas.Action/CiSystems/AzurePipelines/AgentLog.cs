namespace Ccaas.Action.CiSystems.AzurePipelines;

/// <summary>Lines and logging commands on standard output. Only there: a secret must be known before the line that holds it.</summary>
internal sealed class AgentLog(TextWriter output, Redactor redactor, bool isDebugging)
{
    public bool IsDebugging => isDebugging;

    public void Plain(string line) => Write([Safe(line)]);

    public void Debug(string line)
    {
        if (isDebugging)
        {
            Write([LoggingCommand.Format("task.debug", [], Safe(line))]);
        }
    }

    /// <summary>Lines under a title that folds them away.</summary>
    public void Group(string title, IEnumerable<string> lines) => Write(["##[group]" + Safe(title), .. lines.Select(Safe), "##[endgroup]"]);

    /// <param name="level"><c>error</c> or <c>warning</c>.</param>
    /// <param name="lines">The text, each a line of it.</param>
    public void Issue(string level, IEnumerable<string> lines) =>
        Write([LoggingCommand.Format("task.logissue", [("type", level)], string.Join('\n', lines.Select(Safe)))]);

    /// <summary>The lines that hold secrets in clear; the agent shows none of them.</summary>
    public void SetSecrets(IEnumerable<string> forms) => Write(forms.Select(Secret));

    public static string Secret(string form) => LoggingCommand.Format("task.setsecret", [], form);

    /// <param name="name">The variable's name.</param>
    /// <param name="value">One line; a secret must have gone through <see cref="SetSecrets"/>.</param>
    /// <param name="isSecret">Masked, and not put into the environment of later scripts by itself.</param>
    /// <param name="isOutput">Known to later jobs under the step's name, and to this one as well only under that.</param>
    public static string Variable(string name, string value, bool isSecret, bool isOutput) => LoggingCommand.Format(
        "task.setvariable", [("variable", name), ("issecret", isSecret ? "true" : "false"), ("isoutput", isOutput ? "true" : "false")], value);

    public void Complete(string result, string message) => Write([LoggingCommand.Format("task.complete", [("result", result)], Safe(message))]);

    /// <summary>Commands as they are, in one piece.</summary>
    public void Write(IEnumerable<string> lines)
    {
        // Not WriteLine, so that a line ends in the same way on every system.
        output.Write(string.Concat(lines.Select(line => $"{line}\n")));
        output.Flush();
    }

    private string Safe(string line) => redactor.SafeLine(line);
}

/// <summary>
/// Writes logging commands with the agent's escapes:
/// https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
/// </summary>
internal static class LoggingCommand
{
    /// <param name="command">Area and action, such as <c>task.setvariable</c>.</param>
    /// <param name="properties">Name and value; escaped here.</param>
    /// <param name="data">What follows the bracket; escaped here.</param>
    public static string Format(string command, IEnumerable<(string Name, string Value)> properties, string data)
    {
        var list = string.Concat(properties.Select(property => $"{property.Name}={EscapeProperty(property.Value)};"));
        return $"##vso[{command}{(list.Length > 0 ? $" {list}" : "")}]{Escape(data)}";
    }

    private static string Escape(string data) =>
        // The percent sign first, or it would escape the escapes.
        data.Replace("%", "%AZP25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string EscapeProperty(string value) =>
        Escape(value).Replace("]", "%5D", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal);
}
