namespace Ccaas.Action.CommandLine;

/// <summary>What the program is asked for on its command line.</summary>
/// <param name="Verb">What is to be done.</param>
internal sealed record Ask(Verb Verb)
{
    /// <summary>The text for <see cref="Verb.Tell"/>.</summary>
    public string Text { get; init; } = "";

    /// <summary>The program for <see cref="Verb.Exec"/>, and its arguments.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>A CI system may have started the program, for a step of its own: there were no arguments, or it is the post step.</summary>
    public bool IsOfStep { get; init; }

    /// <summary>Where that program was found: its absolute path.</summary>
    public string Program { get; init; } = "";

    /// <summary>A script asks, and reads standard output.</summary>
    public bool IsOfScript => Verb is Verb.Get or Verb.Exec;
}
