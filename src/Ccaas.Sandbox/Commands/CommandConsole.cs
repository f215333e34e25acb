namespace Ccaas.Sandbox.Commands;

/// <summary>What a command knows of the console that it was started from.</summary>
internal sealed record CommandConsole(
    TextWriter Output, TextWriter Error, Func<string, string?> Environment, bool IsOutputRedirected)
{
    /// <summary>Colors are for people (https://no-color.org).</summary>
    public bool WantsColor =>
        !IsOutputRedirected && string.IsNullOrEmpty(Environment("NO_COLOR")) && Environment("TERM") != "dumb";
}
