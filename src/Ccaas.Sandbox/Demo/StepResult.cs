namespace Ccaas.Sandbox.Demo;

/// <summary>How a step ended, and the lines of its stdout and stderr in the order in which they arrived.</summary>
internal sealed record StepResult(int ExitCode, TimeSpan Elapsed, IReadOnlyList<string> Lines);
