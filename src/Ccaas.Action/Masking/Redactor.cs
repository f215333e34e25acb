namespace Ccaas.Action.Masking;

/// <summary>
/// Knows every secret of this run and removes it from text. The CI system masks too; this is for the text that reaches
/// places where it does not (a plain terminal, a summary, the time before a mask is in force).
/// </summary>
/// <remarks>
/// One pass, whatever the text and however many the forms: a server chooses both. Texts are compared by a hash of their
/// characters that is known for every part of a line at once (Rabin and Karp). Two texts of one hash would hide a word too
/// many, and never one too few.
/// </remarks>
internal sealed class Redactor
{
    private const int Start = DerivedForms.ShortestMask;
    private const ulong Base = 0x9E37_79B9_7F4A_7C15;
    private static readonly ulong StartPower = Power(Start);

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>By the hash of their first characters.</summary>
    private readonly Dictionary<ulong, Form> _forms = [];

    /// <summary>Those below the floor of a mask are passed over.</summary>
    /// <returns>The forms that were not known before.</returns>
    public IReadOnlyList<string> Add(IEnumerable<string> forms)
    {
        var added = forms.Where(form => form.Length >= Start && _known.Add(form)).ToList();
        foreach (var form in added)
        {
            var hashes = Hashes(form);
            _forms[hashes[Start]] = new Form(form.Length, Power(form.Length), hashes[^1], _forms.GetValueOrDefault(hashes[Start]));
        }

        return added;
    }

    /// <summary>The last barrier before a line leaves: whatever it was made of, it is redacted, one line, and no command.</summary>
    public string SafeLine(string line) => PlainText.Disarm(Redact(line)).Replace('\r', ' ').Replace('\n', ' ');

    /// <summary>Forms that overlap go as one, so that none leaves its end behind.</summary>
    public string Redact(string text)
    {
        if (_forms.Count == 0 || text.Length < Start)
        {
            return text;
        }

        var hashes = Hashes(text);
        var shown = new StringBuilder();
        var end = 0;
        for (var i = 0; i + Start <= text.Length; i++)
        {
            var length = Longest(hashes, i);
            if (length == 0)
            {
                continue;
            }

            if (i >= end)
            {
                shown.Append(text, end, i - end).Append("***");
            }

            end = Math.Max(end, i + length);
        }

        return end == 0 ? text : shown.Append(text, end, text.Length - end).ToString();
    }

    /// <summary>The length of the longest form that stands at this place; 0: none does.</summary>
    private int Longest(ulong[] hashes, int at)
    {
        var longest = 0;
        for (var form = _forms.GetValueOrDefault(Part(hashes, at, Start, StartPower)); form is not null; form = form.Next)
        {
            if (form.Length > longest && at + form.Length < hashes.Length && Part(hashes, at, form.Length, form.Power) == form.Hash)
            {
                longest = form.Length;
            }
        }

        return longest;
    }

    /// <summary>The hash of each beginning of the text: of no character, of one, …, of all.</summary>
    private static ulong[] Hashes(string text)
    {
        var hashes = new ulong[text.Length + 1];
        for (var i = 0; i < text.Length; i++)
        {
            hashes[i + 1] = unchecked((hashes[i] * Base) + text[i] + 1);
        }

        return hashes;
    }

    private static ulong Part(ulong[] hashes, int at, int length, ulong power) => unchecked(hashes[at + length] - (hashes[at] * power));

    private static ulong Power(int exponent)
    {
        var power = 1UL;
        for (var i = 0; i < exponent; i++)
        {
            power = unchecked(power * Base);
        }

        return power;
    }

    // The power is that of the hash's base to the length; the next one has the same first characters.
    private sealed record Form(int Length, ulong Power, ulong Hash, Form? Next);
}

/// <summary>Text that a server sent or a person typed, made fit to show: secrets out first, while they are still whole, then one short harmless line.</summary>
internal sealed class UntrustedText(Redactor redactor)
{
    public string Clean(string? text, int limit = PlainText.DefaultLimit) => PlainText.OneLine(redactor.Redact(text ?? ""), limit);
}
