namespace Ccaas.Action.Systems.AzurePipelines;

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
