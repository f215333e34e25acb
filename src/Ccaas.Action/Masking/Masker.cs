namespace Ccaas.Action.Masking;

/// <summary>Makes a secret known to this run's redactor and to the CI system, before anything that could hold it is printed.</summary>
/// <param name="redactor">Knows the secrets of this run.</param>
/// <param name="sink">The CI system; null for secrets that it knows already.</param>
internal sealed class Masker(Redactor redactor, IMaskSink? sink)
{
    /// <summary>Masks the secret in every form in which it may show.</summary>
    /// <returns>False when it is too short to be masked without ruining the log.</returns>
    public bool Mask(Secret secret)
    {
        var forms = DerivedForms.Of(secret.Reveal());
        Announce(forms);
        return forms.Count > 0;
    }

    /// <summary>Masks texts that are encodings already, as they are.</summary>
    public void MaskAsIs(IEnumerable<Secret> texts) => Announce(texts.Select(text => text.Reveal()));

    /// <summary>Whether the text is, or holds, something that is masked.</summary>
    public bool Hides(string text) => !ReferenceEquals(redactor.Redact(text), text);

    private void Announce(IEnumerable<string> forms)
    {
        if (redactor.Add(forms) is { Count: > 0 } added)
        {
            sink?.Mask(added);
        }
    }
}

/// <summary>The CI system's way to make a text invisible in everything that is logged from now on.</summary>
internal interface IMaskSink
{
    /// <summary>Returns only when the masks have left this process.</summary>
    void Mask(IReadOnlyList<string> forms);
}
