namespace Ccaas.Action.Tests.Http;

/// <summary>
/// Plays a script, a step a request, and lets the time that each step takes pass. A request beyond the script is an error.
/// </summary>
internal sealed class ScriptedServer(ManualTimeProvider time, IEnumerable<Step> script) : HttpMessageHandler
{
    private readonly Queue<Step> _script = new(script);

    public int Requests { get; private set; }

    /// <summary>How long each request lasted, whatever ended it.</summary>
    public List<TimeSpan> Lasted { get; } = [];

    // All of it happens within the call: time passes because this says so, and whoever waits for it is told on the spot.
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests++;
        var start = time.Elapsed;
        try
        {
            var step = _script.Dequeue();
            Pass(step.Takes, cancellationToken);
            return cancellationToken.IsCancellationRequested
                ? Task.FromCanceled<HttpResponseMessage>(cancellationToken)
                : Task.FromResult(step.Respond(time.GetUtcNow()));
        }
        finally
        {
            Lasted.Add(time.Elapsed - start);
        }
    }

    // From timer to timer, so that time stands still at the moment at which the request is given up.
    private void Pass(TimeSpan? takes, CancellationToken cancellation)
    {
        var left = takes ?? TimeSpan.MaxValue;
        while (left > TimeSpan.Zero && !cancellation.IsCancellationRequested)
        {
            var next = time.UntilNextTimer ?? takes ?? throw new InvalidOperationException("Nothing would ever end this request.");
            var step = next < left ? next : left;
            time.Advance(step);
            left -= step;
        }
    }
}
