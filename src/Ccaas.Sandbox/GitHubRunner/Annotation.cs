namespace Ccaas.Sandbox.GitHubRunner;

/// <summary>A message that GitHub shows on the run's page, outside of the log.</summary>
/// <param name="Level"><c>error</c>, <c>warning</c> or <c>notice</c>.</param>
/// <param name="Message">Masked, and cut after 4096 characters.</param>
/// <param name="Properties"><c>title</c>, <c>file</c>, <c>line</c>, … as they were given.</param>
public sealed record Annotation(string Level, string Message, IReadOnlyDictionary<string, string> Properties)
{
    /// <summary>Null if none was given.</summary>
    public string? Title => Properties.GetValueOrDefault("title");
}
