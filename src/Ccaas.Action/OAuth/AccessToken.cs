namespace Ccaas.Action.OAuth;

/// <summary>An access token with what was said of it.</summary>
/// <param name="Value">The token.</param>
/// <param name="Lifetime">How long it lasts; null when the server did not say.</param>
internal sealed record AccessToken(Secret Value, Lifetime? Lifetime)
{
    /// <summary>The one type this program hands out; a server that answers another is refused (RFC 6750).</summary>
    public const string Type = "Bearer";

    /// <summary>
    /// Tells two tokens apart without showing either: the first 64 bits of the token's SHA-256 digest. Tokens are random
    /// enough that nothing can be computed back from it.
    /// </summary>
    public string Fingerprint => $"sha256:{Convert.ToHexStringLower(Sha256.Hash(Encoding.UTF8.GetBytes(Value.Reveal())).AsSpan(0, 8))}";
}

/// <summary>
/// How long a token lasts, counted from before its request was sent, so that the time on the way never makes it look fresher
/// than it is. What is left is measured on the monotonic clock: setting the wall clock does not change it.
/// </summary>
/// <param name="Total">As the server said it.</param>
/// <param name="RequestedAt">The wall clock when the request was sent, UTC.</param>
/// <param name="RequestedTimestamp">The monotonic clock at the same moment, <see cref="TimeProvider.GetTimestamp"/>.</param>
internal sealed record Lifetime(TimeSpan Total, DateTimeOffset RequestedAt, long RequestedTimestamp)
{
    /// <summary>A hundred years, in which no counter of nanoseconds overflows.</summary>
    private const double LongestSeconds = 3.2e9;

    /// <summary>The lifetime of a token that another process has requested: measured by the wall clock up to now, by the monotonic one from here on.</summary>
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
