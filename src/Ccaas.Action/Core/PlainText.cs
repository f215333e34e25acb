namespace Ccaas.Action.Core;

/// <summary>
/// Makes untrusted text safe to show: one line, bounded, without control and invisible characters, and without anything that a CI
/// system would execute as a command.
/// </summary>
internal static class PlainText
{
    /// <summary>Long enough for every vendor's error text seen so far, short enough not to flood an annotation.</summary>
    public const int DefaultLimit = 300;

    /// <param name="text">Untrusted text; null counts as empty.</param>
    /// <param name="limit">Maximum length of the result in UTF-16 characters, including the ellipsis.</param>
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
                // The rest would be cut off, and the text may have a megabyte.
                break;
            }
        }

        return Shorten(BreakColons(Disarm(line.ToString().Trim())), limit);
    }

    /// <summary>
    /// The host of an address, with its port unless it is the scheme's default. A non-ASCII name is shown in its ASCII form (RFC
    /// 5891), so that it cannot look like another name. The path is not shown, because it may be confidential.
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

    // Two colons are broken everywhere, because this text may become the start of a line. An ARN stays as it is
    // (arn:aws:iam::123456789012:role/NAME, arn:aws:s3:::NAME), because no command starts like that.
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

    // Rune.ReplacementChar, for an unpaired surrogate, is visible. Format characters are not: they can reorder text (bidirectional
    // overrides) or hide in a name (zero width).
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
