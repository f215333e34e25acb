namespace Ccaas.Action.CiSystems.GitHubActions;

/// <summary>The step summary: a small table in Markdown that the run's page shows. It holds a fingerprint instead of the token.</summary>
internal sealed class StepSummary(Redactor redactor)
{
    private const string Joiner = "&#8288;";

    public string Of(Publication publication)
    {
        var summary = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"### {Escape(publication.Plan.ProviderTitle)} access token\n\n| | |\n|---|---|\n");
        foreach (var row in SummaryRow.Of(publication))
        {
            var text = Escape(row.Text);
            summary.Append(CultureInfo.InvariantCulture, $"| {row.Name} | {(row.Code.Length > 0 ? $"{text} {Code(row.Code)}".TrimStart() : text)} |\n");
        }

        return summary.Append('\n').ToString();
    }

    public string Of(FailureException failure)
    {
        var summary = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"### No access token: {Escape(failure.Title)}\n\n{Escape(failure.Message)}\n\n");
        foreach (var detail in failure.Details)
        {
            summary.Append(CultureInfo.InvariantCulture, $"- {Escape(detail)}\n");
        }

        summary.Append(failure.Details.Count > 0 ? "\n" : "");
        if (failure.Cause.Length > 0)
        {
            summary.Append(CultureInfo.InvariantCulture, $"**Likely cause:** {Escape(failure.Cause)}\n\n");
        }

        return summary
            .Append(CultureInfo.InvariantCulture, $"**What to do:** {Escape(failure.Remedy)}\n\n[More on this]({failure.Link})\n\n")
            .ToString();
    }

    // A code span knows no escapes, and in a table a pipe ends the cell even within one.
    private string Code(string text) =>
        $"`{redactor.Redact(text).Replace('`', '\'').Replace('|', '¦').Replace('\\', '/')}`";

    /// <summary>
    /// Makes Markdown and HTML of the text inert. A backslash works before any punctuation (CommonMark §2.4). What looks like an
    /// address becomes a link without any (GitHub Flavored Markdown §6.9), a name after an @ a mention; some readers look for
    /// those in what has been rendered, where an escape is gone. So an invisible character that no address holds (U+2060, word
    /// joiner) stands within them.
    /// </summary>
    private string Escape(string text)
    {
        // Before it is escaped: a secret with a backslash in it is not recognized any more.
        text = redactor.Redact(text);
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            escaped.Append(c switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '@' => $"&#64;{Joiner}",
                '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '~' or '#' or '!' or '$' => $"\\{c}",
                _ => c.ToString(),
            });
        }

        return escaped.ToString().Replace("://", $":{Joiner}//", StringComparison.Ordinal).Replace("www.", $"www{Joiner}.", StringComparison.OrdinalIgnoreCase);
    }
}
