using System.Globalization;
using Ccaas.Action.Foundation;

namespace Ccaas.Action.Tokens;

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
    public TimeSpan Left(TimeProvider time)
    {
        var left = Total - time.GetElapsedTime(RequestedTimestamp);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
