namespace Ccaas.Action.CiSystems.GitHubActions;

/// <summary>The step summary: a Markdown table on the run's page, with a fingerprint in place of the token.</summary>
internal sealed class StepSummary(Redactor redactor)
{
    private const string WordJoiner = "&#8288;";

    public string Of(Publication publication)
    {
        var summary = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"### {Escape(publication.Plan.ProviderTitle)} access token\n\n| | |\n|---|---|\n");
        foreach (var row in SummaryRow.Of(publication))
        {
            var code = row.Code.Length > 0 ? $" {Code(row.Code)}" : "";
            summary.Append(CultureInfo.InvariantCulture, $"| {row.Name} | {$"{Escape(row.Text)}{code}".TrimStart()} |\n");
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

    // A code span has no escapes, and in a table a pipe ends the cell even inside a code span.
    private string Code(string text) =>
        $"`{redactor.Redact(text).Replace('`', '\'').Replace('|', '¦').Replace('\\', '/')}`";

    /// <summary>
    /// Escapes Markdown and HTML. A backslash works before any punctuation (CommonMark §2.4). But an address becomes a link
    /// without any markup (GitHub Flavored Markdown §6.9), and a name after an @ a mention; some viewers search the rendered
    /// text for them, where the backslash is gone. So a word joiner (U+2060), which is invisible and not allowed in an address,
    /// is put into them.
    /// </summary>
    private string Escape(string text)
    {
        // Before escaping: an escaped secret would not be recognized.
        text = redactor.Redact(text);
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            escaped.Append(c switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '@' => $"&#64;{WordJoiner}",
                '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '~' or '#' or '!' or '$' => $"\\{c}",
                _ => c.ToString(),
            });
        }

        return escaped.ToString()
            .Replace("://", $":{WordJoiner}//", StringComparison.Ordinal)
            .Replace("www.", $"www{WordJoiner}.", StringComparison.OrdinalIgnoreCase);
    }
}
