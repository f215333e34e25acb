namespace Ccaas.Action.OAuth;

/// <summary>An access token and its lifetime.</summary>
/// <param name="Value">The token.</param>
/// <param name="Lifetime">How long it is valid; null when the server did not say.</param>
internal sealed record AccessToken(Secret Value, Lifetime? Lifetime)
{
    /// <summary>The only token type that is published (RFC 6750); a response with another type is refused.</summary>
    public const string Type = "Bearer";

    /// <summary>
    /// Distinguishes two tokens without showing them: the first 64 bits of the token's SHA-256 digest. Tokens are random, so the
    /// token cannot be computed from it.
    /// </summary>
    public string Fingerprint => $"sha256:{Convert.ToHexStringLower(Sha256.Hash(Encoding.UTF8.GetBytes(Value.Reveal())).AsSpan(0, 8))}";
}

/// <summary>
/// How long a token is valid, counted from before its request was sent, so that it never seems to be valid longer than it is. The
/// remaining time is measured on the monotonic clock, which nobody can set.
/// </summary>
/// <param name="Total">The lifetime in the response.</param>
/// <param name="RequestedAt">The wall clock when the request was sent, UTC.</param>
/// <param name="RequestedTimestamp">The monotonic clock at the same moment, <see cref="TimeProvider.GetTimestamp"/>.</param>
internal sealed record Lifetime(TimeSpan Total, DateTimeOffset RequestedAt, long RequestedTimestamp)
{
    /// <summary>A hundred years: no counter of nanoseconds overflows.</summary>
    private const double LongestSeconds = 3.2e9;

    /// <summary>
    /// The lifetime of a token of another process: measured on the wall clock until now, and on the monotonic clock from now on.
    /// </summary>
    public static Lifetime Since(DateTimeOffset requestedAt, DateTimeOffset expiresAt, TimeProvider time)
    {
        var age = Math.Clamp((time.GetUtcNow() - requestedAt).TotalSeconds, -LongestSeconds, LongestSeconds);
        return new Lifetime(expiresAt - requestedAt, requestedAt, time.GetTimestamp() - (long)(age * time.TimestampFrequency));
    }

    public DateTimeOffset ExpiresAt => Durations.After(RequestedAt, Total);

    /// <summary><see cref="ExpiresAt"/> for people, in UTC to the second.</summary>
    public string ShownExpiry => ExpiresAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Never negative.</summary>
    public TimeSpan Remaining(TimeProvider time)
    {
        var left = Total - time.GetElapsedTime(RequestedTimestamp);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
