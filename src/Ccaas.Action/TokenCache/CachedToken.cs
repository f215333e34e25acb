namespace Ccaas.Action.TokenCache;

/// <summary>A token and all that was found out with it, so that whoever gets it later asks nobody.</summary>
/// <param name="Issued">The token; its number of attempts is zero when it was not issued to this process.</param>
/// <param name="Api">Where it is good for something.</param>
/// <param name="Source">Where it comes from.</param>
internal sealed record CachedToken(TokenResponse Issued, VendorApi Api, TokenSource Source);

/// <summary>Where a token comes from; the output <c>source</c> has the same words.</summary>
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

/// <summary>By how much a token counts as expired before it is, because two clocks, or one clock at two times, do not agree.</summary>
internal static class ClockSkew
{
    /// <summary>Between processes of one machine: a clock that is corrected a little in between.</summary>
    public static TimeSpan OneMachine { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Between machines: what synchronized clocks differ by where they are looked after badly.</summary>
    public static TimeSpan TwoMachines { get; } = TimeSpan.FromSeconds(30);

    /// <returns>Why a token may not be handed out; null when it may.</returns>
    public static string? Check(Lifetime lifetime, TimeSpan clockSkew, TimeSpan minimumValidity, TimeProvider time)
    {
        var left = lifetime.Remaining(time) - clockSkew;
        return left switch
        {
            // Then the clock of one of the two is wrong, and nobody knows how long the token really lasts.
            _ when lifetime.RequestedAt - time.GetUtcNow() > clockSkew => "was issued in the future by this machine's clock",
            { Ticks: <= 0 } => "has expired, or is about to",
            _ when left < minimumValidity && Durations.DescribeApart(left, minimumValidity) is var (lasts, wanted) => $"lasts {lasts} more, less than minimum-validity ({wanted})",
            _ => null,
        };
    }
}
