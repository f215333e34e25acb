namespace Ccaas.Action.Tests;

/// <summary>
/// Time that moves only when a test says so. Timers fire within <see cref="Advance"/>, in the order in which they fall due.
/// </summary>
internal sealed class ManualTimeProvider : TimeProvider
{
    private readonly SortedSet<ManualTimer> _timers = [];
    private long _started;
    private DateTimeOffset _wallClock = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>Since the start, on the monotonic clock.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Asked at every new timer: true makes its time pass at once, as if the test had waited for it.</summary>
    public Predicate<TimeSpan> PassesAtOnce { get; set; } = _ => false;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => _wallClock;

    /// <summary>Somebody sets the clock; the monotonic one and the timers do not notice.</summary>
    public void SetWallClock(DateTimeOffset now) => _wallClock = now;

    /// <summary>Time until the next timer fires; null when none will.</summary>
    public TimeSpan? UntilNextTimer => _timers.Min?.Due - Elapsed;

    public void Advance(TimeSpan span)
    {
        // With a context of the test's own, what waits for a timer would go on on another thread, and at some later moment.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var end = Elapsed + span;
            while (_timers.Min is { } next && next.Due <= end)
            {
                MoveTo(next.Due);
                _timers.Remove(next);
                next.Fire();
            }

            MoveTo(end);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Assert.Equal(Timeout.InfiniteTimeSpan, period);
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        if (PassesAtOnce(dueTime))
        {
            Advance(dueTime);
        }

        return timer;
    }

    // A callback may have moved time further already.
    private void MoveTo(TimeSpan moment)
    {
        var step = moment - Elapsed;
        if (step > TimeSpan.Zero)
        {
            (Elapsed, _wallClock) = (moment, _wallClock + step);
        }
    }

    private sealed class ManualTimer(ManualTimeProvider time, System.Action fire) : ITimer, IComparable<ManualTimer>
    {
        private long _start;

        public TimeSpan Due { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time._timers.Remove(this);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                (Due, _start) = (time.Elapsed + dueTime, time._started++);
                time._timers.Add(this);
            }

            return true;
        }

        // Of timers that are due at the same moment, the one that was started first.
        public int CompareTo(ManualTimer? other) => other is null ? 1 : (Due, _start).CompareTo((other.Due, other._start));

        public void Dispose() => time._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
