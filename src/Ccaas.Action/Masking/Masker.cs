using Ccaas.Action.Foundation;

namespace Ccaas.Action.Masking;

/// <summary>Makes a secret known to this run's redactor and to the CI system, before anything that could hold it is printed.</summary>
internal sealed class Masker(Redactor redactor, IMaskSink sink)
{
    /// <returns>False when the secret is too short to be masked without ruining the log.</returns>
    public bool Mask(params IEnumerable<Secret> secrets)
    {
        var forms = secrets.Select(secret => DerivedForms.Of(secret.Reveal())).ToList();
        var masks = forms.SelectMany(form => form).Distinct(StringComparer.Ordinal).ToList();
        redactor.Add(masks);
        sink.Mask(masks);
        return forms.TrueForAll(form => form.Count > 0);
    }
}
