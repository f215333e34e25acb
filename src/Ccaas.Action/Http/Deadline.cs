namespace Ccaas.Action.Http;

/// <summary>The end of the run's timeout, on the monotonic clock.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly CancellationTokenSource _up;

    public Deadline(TimeProvider time, TimeSpan timeout)
    {
        _time = time;
        _start = time.GetTimestamp();
        _up = new CancellationTokenSource(timeout, time);
        Timeout = timeout;
    }

    public TimeSpan Timeout { get; }

    /// <summary>Negative after the end.</summary>
    public TimeSpan Remaining => Timeout - _time.GetElapsedTime(_start);

    /// <summary>A source that is canceled at the end of the timeout, or with the given token.</summary>
    public CancellationTokenSource Limit(CancellationToken cancellation) =>
        CancellationTokenSource.CreateLinkedTokenSource(cancellation, _up.Token);

    public void Dispose() => _up.Dispose();
}
