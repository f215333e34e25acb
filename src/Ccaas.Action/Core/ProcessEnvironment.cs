namespace Ccaas.Action.Core;

/// <summary>What the process finds around it. Tests hand in their own, so none of them touches the real one.</summary>
/// <param name="Variables">The environment, read once at the start.</param>
/// <param name="Input">Standard input.</param>
/// <param name="Output">Standard output; flushed by whoever writes.</param>
/// <param name="Error">Standard error; flushed by whoever writes.</param>
internal sealed record ProcessEnvironment(IReadOnlyDictionary<string, string> Variables, TextReader Input, TextWriter Output, TextWriter Error)
{
    public string? Variable(string name) => Variables.GetValueOrDefault(name);

    public bool IsSet(string name, string value) => string.Equals(Variable(name), value, StringComparison.OrdinalIgnoreCase);
}
