namespace Ccaas.Action.Tests.OAuth;

/// <summary>What is left of a token is measured on the clock that nobody can set.</summary>
public sealed class LifetimeTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Time_left_shrinks_with_the_time_that_passes_and_ends_at_zero()
    {
        var lifetime = Of(TimeSpan.FromMinutes(10));

        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(TimeSpan.FromMinutes(6), lifetime.Remaining(_time));

        _time.Advance(TimeSpan.FromMinutes(40));
        Assert.Equal(TimeSpan.Zero, lifetime.Remaining(_time));
    }

    [Theory]
    [InlineData(-365)]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(365)]
    public void Time_left_does_not_change_when_somebody_sets_the_clock(int days)
    {
        var lifetime = Of(TimeSpan.FromMinutes(10));
        var expiresAt = lifetime.ExpiresAt;
        _time.Advance(TimeSpan.FromMinutes(4));

        _time.SetWallClock(_time.GetUtcNow().AddDays(days));

        Assert.Equal(TimeSpan.FromMinutes(6), lifetime.Remaining(_time));
        Assert.Equal(expiresAt, lifetime.ExpiresAt);
    }

    [Fact]
    public void Expiry_counts_from_before_the_request()
    {
        var before = _time.GetUtcNow();

        Assert.Equal(before.AddDays(1), Of(TimeSpan.FromDays(1)).ExpiresAt);
    }

    private Lifetime Of(TimeSpan total) => new(total, _time.GetUtcNow(), _time.GetTimestamp());

    [Fact]
    public void Expiry_is_shown_by_a_clock_that_stands_at_the_calendars_end() =>
        Assert.Equal("9999-12-31 23:59:59 UTC",
            new Lifetime(TimeSpan.FromDays(1), new DateTimeOffset(9999, 12, 31, 20, 0, 0, TimeSpan.Zero), 0).ShownExpiry);
}
