namespace Ccaas.Action.Core;

/// <summary>
/// A value that must never be shown. It prints as three asterisks and has no conversion. Every use of its text is a call of
/// <see cref="Reveal"/>, so a search finds them all.
/// </summary>
internal sealed class Secret(string value)
{
    public string Reveal() => value;

    public override string ToString() => "***";
}
