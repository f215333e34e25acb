namespace Ccaas.Action.Systems.GitHubActions;

/// <summary>
/// Writes workflow commands with the runner's escapes:
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
