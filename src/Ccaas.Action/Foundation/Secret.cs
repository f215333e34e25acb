namespace Ccaas.Action.Foundation;

/// <summary>
/// A value that must never be shown. It prints as three asterisks, converts to nothing, and gives its text only to a
/// caller that asks for it by name, so that every place where a secret leaves can be found by searching for
/// <see cref="Reveal"/>.
/// </summary>
internal sealed class Secret(string value)
{
    /// <summary>Length in UTF-16 code units; the only thing about a secret that a message may tell.</summary>
    public int Length => value.Length;

    public string Reveal() => value;

    public override string ToString() => "***";
}
