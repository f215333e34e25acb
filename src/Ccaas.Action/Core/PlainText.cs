namespace Ccaas.Action.Core;

/// <summary>
/// Makes text that came from outside safe to show: one line, bounded, no control or invisible characters, and nothing that
/// a CI system would take for a command.
/// </summary>
internal static class PlainText
{
    /// <summary>Long enough for every vendor's error text seen so far, short enough not to flood an annotation.</summary>
    public const int DefaultLimit = 300;

    /// <param name="text">Anything; null is an empty text.</param>
    /// <param name="limit">Most characters (UTF-16) in the result, the ellipsis included.</param>
    public static string OneLine(string? text, int limit = DefaultLimit)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var line = new StringBuilder(Math.Min(text.Length, limit + 8));
        foreach (var rune in text.EnumerateRunes())
        {
            Append(line, rune);
            if (line.Length > limit + 8)
            {
                // More would be cut off anyway, and the text may be a megabyte.
                break;
            }
        }

        return Shorten(BreakColons(Disarm(line.ToString().Trim())), limit);
    }

    /// <summary>
    /// An address as far as it is shown: its host, and a port that is not the usual one. A name beyond ASCII is shown as it is
    /// looked up (RFC 5891), so that it looks like no other; the path may hold what is nobody's business.
    /// </summary>
    public static string Host(Uri address)
    {
        var host = address.HostNameType == UriHostNameType.Dns ? OneLine(address.IdnHost) : address.Host;
        return address.IsDefaultPort ? host : $"{host}:{address.Port}";
    }

    /// <summary>
    /// Breaks what the runner and the agent would execute: <c>##[command]</c> and <c>##vso[command]</c> are matched anywhere
    /// in a line, <c>::command::</c> at its start.
    /// </summary>
    public static string Disarm(string line)
    {
        line = line.Replace("##[", "## [", StringComparison.Ordinal).Replace("##vso[", "## vso[", StringComparison.OrdinalIgnoreCase);
        return line.AsSpan().TrimStart().StartsWith("::") ? $". {line.TrimStart()}" : line;
    }

    // Two colons are broken wherever they stand, because nobody knows where in a line this text will end up. An ARN is left as it
    // is, arn:aws:iam::123456789012:role/NAME or arn:aws:s3:::NAME: no command begins like that.
    private static string BreakColons(string line)
    {
        var broken = new StringBuilder(line.Length + 8);
        var start = 0;
        for (var i = 0; i < line.Length; i++)
        {
            if (i > 0 && line[i - 1] == ':' && line[i] == ':' && !line.AsSpan(start).StartsWith("arn:"))
            {
                broken.Append(' ');
            }

            broken.Append(line[i]);
            start = char.IsAsciiLetterOrDigit(line[i]) || line[i] is ':' or '-' ? start : i + 1;
        }

        return broken.ToString();
    }

    private static void Append(StringBuilder line, Rune rune)
    {
        if (IsVisible(rune))
        {
            line.Append(rune.ToString());
        }
        else if (line.Length > 0 && line[^1] != ' ')
        {
            line.Append(' ');
        }
    }

    // Rune.ReplacementChar stands for an unpaired surrogate and is let through as it is. Format characters go because they
    // can reorder what is read (bidirectional overrides) or hide in a name (zero width).
    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate);

    private static string Shorten(string line, int limit)
    {
        if (line.Length <= limit)
        {
            return line;
        }

        var end = limit - 1;
        if (char.IsHighSurrogate(line[end - 1]))
        {
            end--;
        }

        return string.Concat(line.AsSpan(0, end).TrimEnd(), "…");
    }
}
