namespace Ccaas.Action.Core;

/// <summary>
/// A value that must never be shown. It prints as three asterisks, converts to nothing, and gives its text only to a
/// caller that asks for it by name, so that every place where a secret leaves can be found by searching for
/// <see cref="Reveal"/>.
/// </summary>
internal sealed class Secret(string value)
{
    public string Reveal() => value;

    public override string ToString() => "***";
}
