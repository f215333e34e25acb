namespace Ccaas.Action.Http;

/// <summary>
/// Code and description of an error body, in all common formats: OAuth's <c>error</c> and <c>error_description</c> (RFC 6749 §5.2),
/// their camel-case variants, Zoom's <c>reason</c>, the <c>code</c> and <c>message</c> of vendors' APIs, which Azure wraps in an
/// object named <c>error</c>, and the <c>__type</c> of AWS. Untrusted text.
/// </summary>
/// <param name="Code">The machine-readable code; null when there is none.</param>
/// <param name="Description">The text for people; null when there is none.</param>
internal sealed record VendorError(string? Code, string? Description)
{
    public static VendorError None { get; } = new(null, null);

    // Anything but a JSON object is a page of a proxy or gateway. Its text is not shown: it may contain anything.
    public static VendorError Parse(ReadOnlyMemory<byte> body) => JsonField.Read(body, root => Read(
        root.TryGetProperty("error", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : root)) ?? None;

    private static VendorError Read(JsonElement error) => new(
        // The __type may start with its namespace (com.amazonaws.secretsmanager#ThrottlingException).
        First(error, "error", "code") ?? JsonField.Text(error, "__type")?.Split('#')[^1],
        First(error, "error_description", "errorDescription", "description", "reason", "message", "Message"));

    // A field that is not a text is ignored.
    private static string? First(JsonElement error, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (JsonField.Text(error, name) is { } text)
            {
                return text;
            }
        }

        return null;
    }
}

/// <summary>A known error of a vendor, and its meaning for the reader.</summary>
/// <param name="ExitCode">The exit code; <see cref="ExitCode.RateLimited"/> is also retried, unless <see
/// cref="IsCountedByTheHour"/>.</param>
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

    /// <summary>An hourly limit: a retry after seconds does not help, and counts against it.</summary>
    public bool IsCountedByTheHour { get; init; }

    public bool Matches(int status, string? code, string? description) =>
        (Status is null || Status == status)
        && (Code is null || string.Equals(Code, code, StringComparison.OrdinalIgnoreCase))
        && (DescriptionStart is null || (description ?? "").StartsWith(DescriptionStart, StringComparison.OrdinalIgnoreCase));
}
