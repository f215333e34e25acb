using System.Security.Authentication;
using Polly;
using Polly.Timeout;

namespace Ccaas.Action.Http;

/// <summary>One line a try, the same words whatever the outcome.</summary>
internal sealed class AttemptLog(IRunLog log)
{
    public void Retried(AttemptInfo report, int most, Outcome<HttpResponseMessage> outcome, TimeSpan took, TimeSpan wait)
    {
        log.Info($"{Head(report, most)}: {Words(outcome)} after {Durations.Describe(took)}{Loss(report, outcome)}; trying again in {Durations.Describe(wait)}");
        report.IsLogged = true;
    }

    public void Last(AttemptInfo report, int most, Outcome<HttpResponseMessage> outcome, TimeSpan took, CancellationToken cancellation)
    {
        if (!report.IsLogged)
        {
            // Cancelled from outside, or by the time for everything: what the try would have come to, nobody knows.
            var words = cancellation.IsCancellationRequested && outcome.Exception is not null ? "given up" : Words(outcome);
            log.Info($"{Head(report, most)}: {words} after {Durations.Describe(took)}{Loss(report, outcome)}");
        }
    }

    /// <summary>A few words for what went wrong below HTTP. The exception's own text is not used: it differs by platform and may hold addresses.</summary>
    public static string Words(Exception exception) => exception switch
    {
        TimeoutRejectedException => "timed out",
        BodyTooLargeException or HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => "a response that is too large",
        HttpRequestException { InnerException: AuthenticationException } => "TLS refused",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "host name not resolved",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "no connection",
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => "proxy refused the connection",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "connection broken during the TLS handshake",
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } => "a response that is not HTTP",
        HttpRequestException or HttpIOException or IOException => "connection broken",
        _ => "unexpected failure",
    };

    // A name that was not found, a connection or a TLS handshake that did not come about: then nothing was sent.
    private static string Loss(AttemptInfo report, Outcome<HttpResponseMessage> outcome) => (report.LossMeans, outcome.Exception) switch
    {
        (null, _) or (_, null) => "",
        (_, HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError }
            or HttpRequestException { InnerException: AuthenticationException }) => "",
        var (means, _) => $"; {means}",
    };

    private static string Head(AttemptInfo report, int most) => $"{report.Purpose}, attempt {report.Count} of {most}";

    private static string Words(Outcome<HttpResponseMessage> outcome) =>
        outcome.Exception is { } exception ? Words(exception) : Status(outcome.Result!.StatusCode);

    /// <summary>The number with its registered name; the server's own reason phrase is not used, because it may hold anything.</summary>
    public static string Status(HttpStatusCode status)
    {
        using var fresh = new HttpResponseMessage(status);
        return $"{(int)status} {fresh.ReasonPhrase}".TrimEnd();
    }
}

/// <summary>What the handler notes of a request's tries for whoever sent it.</summary>
internal sealed class AttemptInfo(string purpose)
{
    /// <summary>The key under which a request carries its report.</summary>
    public static HttpRequestOptionsKey<AttemptInfo> Key { get; } = new("ccaas.attempts");

    /// <summary>What is asked, as the log names it: <c>Token request</c>.</summary>
    public string Purpose => purpose;

    /// <summary>What this server's errors are known to mean.</summary>
    public IReadOnlyList<KnownError> KnownErrors { get; init; } = [];

    /// <summary>Fills the request before each try, for what must not be sent twice, such as an assertion; null: the request stays as it is.</summary>
    public System.Action<HttpRequestMessage>? Prepare { get; init; }

    /// <summary>What people should know of a try whose request may have arrived and whose response did not; null: nothing.</summary>
    public string? LossMeans { get; init; }

    /// <summary>Tries at most, where that is less than max-attempts; what is only helpful must not use up the time of what is needed.</summary>
    public int MaxAttempts { get; init; } = int.MaxValue;

    /// <summary>Tries begun so far.</summary>
    public int Count { get; set; }

    /// <summary>Wall clock at the start of the last try, UTC.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>Monotonic clock at the start of the last try.</summary>
    public long StartedTimestamp { get; set; }

    /// <summary>Whether the last try has had its line in the log.</summary>
    public bool IsLogged { get; set; }

    /// <summary>The server asked for a wait that was longer than the time left.</summary>
    public bool WaitDidNotFit { get; set; }
}
