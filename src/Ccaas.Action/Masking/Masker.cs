namespace Ccaas.Action.Masking;

/// <summary>Adds a secret to the redactor and to the CI system's masks, before a line that contains it can be printed.</summary>
/// <param name="redactor">Knows the secrets of this run.</param>
/// <param name="sink">The CI system; null for secrets that the CI system has masked already.</param>
internal sealed class Masker(Redactor redactor, IMaskSink? sink)
{
    /// <returns>False when the secret is too short to be masked.</returns>
    public bool Mask(Secret secret)
    {
        var forms = DerivedForms.Of(secret.Reveal());
        Add(forms);
        return forms.Count > 0;
    }

    /// <summary>Masks texts that are encoded already.</summary>
    public void MaskAsIs(IEnumerable<Secret> texts) => Add(texts.Select(text => text.Reveal()));

    /// <summary>Whether the text contains a masked text.</summary>
    public bool Hides(string text) => !ReferenceEquals(redactor.Redact(text), text);

    private void Add(IEnumerable<string> forms)
    {
        if (redactor.Add(forms) is { Count: > 0 } added)
        {
            sink?.Mask(added);
        }
    }
}

internal interface IMaskSink
{
    /// <summary>Has the CI system mask the texts in all later log lines. Returns when the mask commands have been written.</summary>
    void Mask(IReadOnlyList<string> forms);
}
