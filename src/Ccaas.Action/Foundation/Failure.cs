namespace Ccaas.Action.Foundation;

/// <summary>
/// An expected failure, told to the person whose pipeline broke: what happened, the likeliest cause, what to do, one link.
/// Whatever a vendor said must have gone through <see cref="PlainText"/> before it becomes part of one.
/// </summary>
/// <param name="ExitCode">What the process ends with.</param>
/// <param name="Title">A few words, shown as the annotation's heading.</param>
/// <param name="Happened">One or two sentences of fact.</param>
/// <param name="Cause">The likeliest cause; empty when it would be a guess.</param>
/// <param name="Remedy">What to do next.</param>
/// <param name="Topic">The heading in docs/troubleshooting.md that says more.</param>
internal sealed record Failure(ExitCode ExitCode, string Title, string Happened, string Cause, string Remedy, string Topic)
{
    /// <summary>More facts, a line each, shown as a list below what happened.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    public string Link => Links.Troubleshooting(Topic);

    /// <summary>All of it in the order in which it is read, a part a line.</summary>
    public IEnumerable<string> Lines()
    {
        yield return Happened;
        foreach (var detail in Details)
        {
            yield return $"- {detail}";
        }

        if (Cause.Length > 0)
        {
            yield return $"Likely cause: {Cause}";
        }

        yield return $"What to do: {Remedy}";
        yield return $"More: {Link}";
    }
}
