namespace Ccaas.Action.CiSystems.AzurePipelines;

/// <summary>Log lines and logging commands. All go to standard output: the agent must read a mask before its secret.</summary>
internal sealed class AgentLog(TextWriter output, Redactor redactor, bool isDebugging)
{
    public void Plain(string line) => Write([redactor.SafeLine(line)]);

    public void Debug(string line)
    {
        if (isDebugging)
        {
            Write([LoggingCommand.Format("task.debug", [], redactor.SafeLine(line))]);
        }
    }

    public void DebugGroup(string title, IEnumerable<string> lines)
    {
        if (isDebugging)
        {
            Write(["##[group]" + redactor.SafeLine(title), .. lines.Select(redactor.SafeLine), "##[endgroup]"]);
        }
    }

    /// <param name="level"><c>error</c> or <c>warning</c>.</param>
    /// <param name="lines">The lines of one message.</param>
    public void Issue(string level, IEnumerable<string> lines) =>
        Write([LoggingCommand.Format("task.logissue", [("type", level)], string.Join('\n', lines.Select(redactor.SafeLine)))]);

    public void Complete(string result, string message) =>
        Write([LoggingCommand.Format("task.complete", [("result", result)], redactor.SafeLine(message))]);

    /// <summary>A command that contains a secret in plain text. The agent does not show it.</summary>
    public static string Secret(string form) => LoggingCommand.Format("task.setsecret", [], form);

    /// <param name="name">The variable's name.</param>
    /// <param name="value">One line. A secret must have been masked before.</param>
    /// <param name="isSecret">Masked, and not put into the environment of later scripts unless they map it.</param>
    /// <param name="isOutput">Later jobs, and this one, refer to it by the step's name.</param>
    public static string Variable(string name, string value, bool isSecret, bool isOutput) => LoggingCommand.Format(
        "task.setvariable",
        [("variable", name), ("issecret", isSecret ? "true" : "false"), ("isoutput", isOutput ? "true" : "false")],
        value);

    /// <summary>Writes the lines as they are, in a single write.</summary>
    public void Write(IEnumerable<string> lines)
    {
        // Not WriteLine, so that lines end in the same way on every system.
        output.Write(string.Concat(lines.Select(line => $"{line}\n")));
        output.Flush();
    }
}

/// <summary>
/// Logging commands with the agent's escapes:
/// https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
/// </summary>
internal static class LoggingCommand
{
    /// <param name="command">Area and action, such as <c>task.setvariable</c>.</param>
    /// <param name="properties">Not yet escaped.</param>
    /// <param name="data">The text after the bracket, not yet escaped.</param>
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
