namespace Ccaas.Action.Core;

/// <summary>The environment and the standard streams of the process. Tests pass their own.</summary>
/// <param name="Variables">The environment, read once at the start.</param>
/// <param name="Input">Standard input.</param>
/// <param name="Output">Standard output; whoever writes flushes.</param>
/// <param name="Error">Standard error; whoever writes flushes.</param>
internal sealed record ProcessEnvironment(IReadOnlyDictionary<string, string> Variables, TextReader Input, TextWriter Output,
    TextWriter Error)
{
    public string? Variable(string name) => Variables.GetValueOrDefault(name);

    public bool IsSet(string name, string value) => string.Equals(Variable(name), value, StringComparison.OrdinalIgnoreCase);
}
