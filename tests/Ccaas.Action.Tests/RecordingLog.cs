namespace Ccaas.Action.Tests;

/// <summary>A log that records its lines.</summary>
internal sealed class RecordingLog : IRunLog
{
    public List<string> Lines { get; } = [];

    public List<string> DebugLines { get; } = [];

    public List<string> Warnings { get; } = [];

    public void Info(string line) => Lines.Add(line);

    public void Debug(string line) => DebugLines.Add(line);

    public void DebugGroup(string title, IEnumerable<string> lines)
    {
    }

    public void Warning(string title, string line) => Warnings.Add($"{title}: {line}");
}
