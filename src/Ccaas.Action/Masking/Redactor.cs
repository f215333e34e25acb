using Ccaas.Action.Foundation;

namespace Ccaas.Action.Masking;

/// <summary>
/// Knows every secret of this run and removes it from text. The CI system masks too; this is for the text that reaches
/// places where it does not (a plain terminal, a summary, the time before a mask is in force).
/// </summary>
internal sealed class Redactor
{
    private readonly List<string> _forms = [];

    /// <summary>Longest first, so that a form that contains another goes as a whole.</summary>
    /// <returns>The forms that were not known before.</returns>
    public IReadOnlyList<string> Add(IEnumerable<string> forms)
    {
        var added = forms.Distinct(StringComparer.Ordinal).Except(_forms, StringComparer.Ordinal).ToList();
        _forms.AddRange(added);
        _forms.Sort((a, b) => b.Length.CompareTo(a.Length));
        return added;
    }

    /// <summary>The last barrier before a line leaves: whatever it was made of, it is redacted, one line, and no command.</summary>
    public string SafeLine(string line) => PlainText.Disarm(Redact(line)).Replace('\r', ' ').Replace('\n', ' ');

    public string Redact(string text)
    {
        foreach (var form in _forms)
        {
            if (text.Contains(form, StringComparison.Ordinal))
            {
                text = text.Replace(form, "***", StringComparison.Ordinal);
            }
        }

        return text;
    }
}
