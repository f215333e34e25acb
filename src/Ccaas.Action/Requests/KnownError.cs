using Ccaas.Action.Foundation;

namespace Ccaas.Action.Requests;

/// <summary>One error that a vendor is known to answer with, and what it means for the person who reads it.</summary>
/// <param name="ExitCode">What the process ends with; <see cref="ExitCode.RateLimited"/> also means that trying again may help, unless <see cref="IsCountedByTheHour"/>.</param>
/// <param name="Title">A few words.</param>
/// <param name="Cause">The likeliest cause.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Topic">The heading in docs/troubleshooting.md.</param>
internal sealed record KnownError(ExitCode ExitCode, string Title, string Cause, string Remedy, string Topic)
{
    /// <summary>HTTP status; null: any.</summary>
    public int? Status { get; init; }

    /// <summary>The vendor's error code (OAuth's <c>error</c>, an API's <c>code</c>); null: any.</summary>
    public string? Code { get; init; }

    /// <summary>How the description starts; null: any.</summary>
    public string? DescriptionStart { get; init; }

    /// <summary>A limit that no wait of seconds gets below; trying again counts against it.</summary>
    public bool IsCountedByTheHour { get; init; }

    public bool Matches(int status, string? code, string? description) =>
        (Status is null || Status == status)
        && (Code is null || string.Equals(Code, code, StringComparison.OrdinalIgnoreCase))
        && (DescriptionStart is null || (description ?? "").StartsWith(DescriptionStart, StringComparison.OrdinalIgnoreCase));
}
