using System.Net;

namespace Ccaas.Action.Tests.Http;

/// <summary>One request through the real handler, against a script, in a time that passes at once.</summary>
internal sealed class Exchange
{
    private readonly ManualTimeProvider _time = new();
    private readonly RecordingLog _log = new();
    private int _lastAnnounced;

    /// <summary>The waits between tries, and how much time was left when each began.</summary>
    public List<(TimeSpan Wait, TimeSpan Left)> Waits { get; } = [];

    public ScriptedServer Server { get; private set; } = null!;

    public AttemptInfo Report { get; } = new("Token request") { KnownErrors = Some.Plan.TokenErrors };

    public HttpStatusCode? Status { get; private set; }

    public Exception? Exception { get; private set; }

    public TimeSpan Elapsed => _time.Elapsed;

    public IReadOnlyList<string> Log => _log.Lines;

    /// <param name="script">What the server does.</param>
    /// <param name="timeout">Seconds for everything.</param>
    /// <param name="maxAttempts">Tries at most.</param>
    /// <param name="jitter">What stands for chance: in [0, 1).</param>
    /// <param name="cancellation">The job's.</param>
    public static async Task<Exchange> RunAsync(
        IEnumerable<Step> script, double timeout = 60, int maxAttempts = 5, double jitter = 0.5, CancellationToken cancellation = default)
    {
        var exchange = new Exchange();
        var request = Some.Request(timeout, maxAttempts);
        using var deadline = new Deadline(exchange._time, request.Http.Limits.Timeout);
        using var server = new ScriptedServer(exchange._time, script);
        exchange.Server = server;
        using var handler = new ResilienceHandler(
            request.Http.Limits, deadline, new Backoff(() => jitter), new AttemptLog(exchange._log), exchange._time)
        {
            InnerHandler =
            server
        };
        using var invoker = new HttpMessageInvoker(handler);

        exchange._time.PassesAtOnce = wait => exchange.IsAnnounced(wait, deadline.Remaining);
        await exchange.SendAsync(invoker, deadline, cancellation);
        return exchange;
    }

    // The first timer after the line that announces a wait, unless that is none.
    private bool IsAnnounced(TimeSpan wait, TimeSpan left)
    {
        var announced = _log.Lines.Count > _lastAnnounced && _log.Lines[^1].Contains("; trying again in ", StringComparison.Ordinal);
        _lastAnnounced = _log.Lines.Count;
        if (announced && !_log.Lines[^1].EndsWith(" in 0 s", StringComparison.Ordinal))
        {
            Waits.Add((wait, left));
            return true;
        }

        return false;
    }

    private async Task SendAsync(HttpMessageInvoker invoker, Deadline deadline, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "https://login.example.test/oauth/token");
        message.Options.Set(AttemptInfo.Key, Report);
        using var whole = deadline.Limit(cancellation);
        var sending = invoker.SendAsync(message, whole.Token);
        Assert.True(sending.IsCompleted, "Something waits for a time that nobody lets pass.");
        try
        {
            using var response = await sending;
            Status = response.StatusCode;
        }
#pragma warning disable CA1031 // Whatever comes out is what the test asks about.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Exception = exception;
        }
    }
}
