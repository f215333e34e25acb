namespace Ccaas.Action.Tests;

/// <summary>The clock that other tests stand on.</summary>
public sealed class ManualTimeProviderTests
{
    [Fact]
    public void Timers_fire_in_the_order_in_which_they_fall_due()
    {
        var time = new ManualTimeProvider();
        var fired = new List<string>();
        foreach (var seconds in new[] { 3, 1, 2, 9 })
        {
            time.CreateTimer(_ => fired.Add($"{seconds} at {time.Elapsed.TotalSeconds}"), null, TimeSpan.FromSeconds(seconds),
                Timeout.InfiniteTimeSpan);
        }

        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["1 at 1", "2 at 2", "3 at 3"], fired);
        Assert.Equal(TimeSpan.FromSeconds(4), time.UntilNextTimer);
    }

    [Fact]
    public void Cancellation_comes_when_its_time_is_up_and_not_before()
    {
        var time = new ManualTimeProvider();
        using var source = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);

        time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(source.IsCancellationRequested);

        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(source.IsCancellationRequested);
        Assert.Null(time.UntilNextTimer);
    }

    [Fact]
    public async Task Delay_ends_at_once_when_its_time_passes_at_once()
    {
        var time = new ManualTimeProvider { PassesAtOnce = _ => true };

        var delay = Task.Delay(TimeSpan.FromMinutes(5), time);

        Assert.True(delay.IsCompleted);
        Assert.Equal(TimeSpan.FromMinutes(5), time.Elapsed);
        await delay;
    }
}
