namespace Ccaas.Action.Masking;

/// <summary>
/// Replaces every secret of this run in a text. A CI system's masks do not cover everything: not a plain terminal, not a step
/// summary, and not a line that is printed before the mask.
/// </summary>
/// <remarks>
/// A server chooses the text and how many secrets there are, so the search is one pass over the text (Rabin-Karp: a rolling
/// hash). A hash collision would redact too much, never too little.
/// </remarks>
internal sealed class Redactor
{
    /// <summary>How many first characters of a form its dictionary key covers.</summary>
    private const int Start = DerivedForms.ShortestMask;
    private const ulong Base = 0x9E37_79B9_7F4A_7C15;
    private static readonly ulong StartPower = Power(Start);

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>By the hash of their first characters.</summary>
    private readonly Dictionary<ulong, Form> _forms = [];

    /// <returns>The forms that are new and long enough to mask.</returns>
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

    /// <summary>Applied to every line that is printed: redacted, on one line, and without a workflow command.</summary>
    public string SafeLine(string line) => PlainText.Disarm(Redact(line)).Replace('\r', ' ').Replace('\n', ' ');

    /// <summary>Forms that overlap are replaced as one, so that no part of either remains.</summary>
    public string Redact(string text)
    {
        if (_forms.Count == 0 || text.Length < Start)
        {
            return text;
        }

        var hashes = Hashes(text);
        var redacted = new StringBuilder();
        var end = 0;
        for (var i = 0; i + Start <= text.Length; i++)
        {
            var length = LongestFormAt(hashes, i);
            if (length == 0)
            {
                continue;
            }

            if (i >= end)
            {
                redacted.Append(text, end, i - end).Append("***");
            }

            end = Math.Max(end, i + length);
        }

        return end == 0 ? text : redacted.Append(text, end, text.Length - end).ToString();
    }

    /// <returns>0 when no form starts at this position.</returns>
    private int LongestFormAt(ulong[] hashes, int at)
    {
        var longest = 0;
        for (var form = _forms.GetValueOrDefault(HashOfPart(hashes, at, Start, StartPower)); form is not null; form = form.Next)
        {
            if (form.Length > longest && at + form.Length < hashes.Length && HashOfPart(hashes, at, form.Length, form.Power) == form.Hash)
            {
                longest = form.Length;
            }
        }

        return longest;
    }

    /// <returns>The hash of each prefix of the text, from the empty one to the whole.</returns>
    private static ulong[] Hashes(string text)
    {
        var hashes = new ulong[text.Length + 1];
        for (var i = 0; i < text.Length; i++)
        {
            hashes[i + 1] = unchecked((hashes[i] * Base) + text[i] + 1);
        }

        return hashes;
    }

    private static ulong HashOfPart(ulong[] hashes, int at, int length, ulong power) =>
        unchecked(hashes[at + length] - (hashes[at] * power));

    private static ulong Power(int exponent)
    {
        var power = 1UL;
        for (var i = 0; i < exponent; i++)
        {
            power = unchecked(power * Base);
        }

        return power;
    }

    // Power: the base to the power of the length. Next: another form with the same first characters.
    private sealed record Form(int Length, ulong Power, ulong Hash, Form? Next);
}

/// <summary>Makes text from a server or an input safe to print. Secrets are redacted first, before the text is shortened.</summary>
internal sealed class UntrustedText(Redactor redactor)
{
    public string Clean(string? text, int limit = PlainText.DefaultLimit) => PlainText.OneLine(redactor.Redact(text ?? ""), limit);
}
