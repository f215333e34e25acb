namespace Ccaas.Action.TokenCache;

/// <summary>A token with everything that was found out about it, so that a later run needs no request.</summary>
/// <param name="Issued">The token; the number of attempts is zero if another process requested it.</param>
/// <param name="Api">The API that accepts it.</param>
/// <param name="Source">Where it came from.</param>
internal sealed record CachedToken(TokenResponse Issued, VendorApi Api, TokenSource Source);

/// <summary>Where a token came from; the output <c>source</c> has the same values.</summary>
internal enum TokenSource
{
    /// <summary>The authorization server, for this run.</summary>
    Issued,

    /// <summary>The job's cache.</summary>
    Cache,

    /// <summary>Another job, sealed.</summary>
    Sealed,

    /// <summary>A secret manager.</summary>
    Store,
}

/// <summary>How much earlier a token counts as expired, because two clocks, or one clock at two times, differ.</summary>
internal static class ClockSkew
{
    /// <summary>Between processes of one machine: its clock may be corrected in between.</summary>
    public static TimeSpan OneMachine { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Between machines: the difference of badly synchronized clocks.</summary>
    public static TimeSpan TwoMachines { get; } = TimeSpan.FromSeconds(30);

    /// <returns>Why a token may not be reused; null if it may.</returns>
    public static string? Check(Lifetime lifetime, TimeSpan clockSkew, TimeSpan minimumValidity, TimeProvider time)
    {
        var left = lifetime.Remaining(time) - clockSkew;
        return left switch
        {
            // One of the two clocks is wrong, so the token's lifetime is not known.
            _ when lifetime.RequestedAt - time.GetUtcNow() > clockSkew => "was issued in the future by this machine's clock",
            { Ticks: <= 0 } => "has expired, or is about to",
            _ when left < minimumValidity && Durations.DescribeApart(left, minimumValidity) is var (lasts, wanted) =>
                $"lasts {lasts} more, less than minimum-validity ({wanted})",
            _ => null,
        };
    }
}
