namespace Ccaas.Sandbox.GitHubRunner;

/// <summary>A command that a step gave the runner in a line of its output.</summary>
/// <param name="Name">As written; the runner compares it without case.</param>
/// <param name="Properties">Unescaped. Names compare without case.</param>
/// <param name="Data">Unescaped; empty if there was none.</param>
public sealed record WorkflowCommand(string Name, IReadOnlyDictionary<string, string> Properties, string Data);
