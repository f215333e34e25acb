using System.Security.Authentication;
using Polly;
using Polly.Timeout;

namespace Ccaas.Action.Http;

/// <summary>Logs one line for each attempt.</summary>
internal sealed class AttemptLog(IRunLog log)
{
    public void Retried(AttemptInfo report, int most, Outcome<HttpResponseMessage> outcome, TimeSpan took, TimeSpan wait)
    {
        log.Info($"{Head(report, most)}: {Words(outcome)} after {Durations.Describe(took)}{Loss(report, outcome)}; trying again in "
            + $"{Durations.Describe(wait)}");
        report.IsLogged = true;
    }

    public void Last(AttemptInfo report, int most, Outcome<HttpResponseMessage> outcome, TimeSpan took, CancellationToken cancellation)
    {
        if (!report.IsLogged)
        {
            // Canceled, or at the end of the timeout: the outcome is not known.
            var words = cancellation.IsCancellationRequested && outcome.Exception is not null ? "given up" : Words(outcome);
            log.Info($"{Head(report, most)}: {words} after {Durations.Describe(took)}{Loss(report, outcome)}");
        }
    }

    /// <summary>
    /// Describes an error below HTTP. The exception's own message is not used: it differs by platform and may contain addresses.
    /// </summary>
    public static string Words(Exception exception) => exception switch
    {
        TimeoutRejectedException => "timed out",
        BodyTooLargeException or HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
            "a response that is too large",
        HttpRequestException { InnerException: AuthenticationException } => "TLS refused",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "host name not resolved",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "no connection",
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => "proxy refused the connection",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "connection broken during the TLS handshake",
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } => "a response that is not HTTP",
        HttpRequestException or HttpIOException or IOException => "connection broken",
        _ => "unexpected failure",
    };

    // Without a resolved name, a connection and a TLS handshake, nothing was sent.
    private static string Loss(AttemptInfo report, Outcome<HttpResponseMessage> outcome) =>
        (report.LostResponseNote, outcome.Exception) switch
        {
            (null, _) or (_, null) => "",
            (_, HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                    or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
            }
                or HttpRequestException { InnerException: AuthenticationException }) => "",
            var (means, _) => $"; {means}",
        };

    private static string Head(AttemptInfo report, int most) => $"{report.Purpose}, attempt {report.Count} of {most}";

    private static string Words(Outcome<HttpResponseMessage> outcome) =>
        outcome.Exception is { } exception ? Words(exception) : Status(outcome.Result!.StatusCode);

    /// <summary>The status code with its registered name; the server's reason phrase is untrusted text.</summary>
    public static string Status(HttpStatusCode status)
    {
        using var fresh = new HttpResponseMessage(status);
        return $"{(int)status} {fresh.ReasonPhrase}".TrimEnd();
    }
}

/// <summary>The attempts of a request: options for the handler, and what it reports.</summary>
internal sealed class AttemptInfo(string purpose)
{
    /// <summary>The request's property with this object.</summary>
    public static HttpRequestOptionsKey<AttemptInfo> Key { get; } = new("ccaas.attempts");

    /// <summary>The request's name in the log: <c>Token request</c>.</summary>
    public string Purpose => purpose;

    /// <summary>Known errors of this server.</summary>
    public IReadOnlyList<KnownError> KnownErrors { get; init; } = [];

    /// <summary>
    /// Completes the request before each attempt, for values that must not be sent twice, such as an assertion; null: nothing to
    /// do.
    /// </summary>
    public System.Action<HttpRequestMessage>? Prepare { get; init; }

    /// <summary>Logged for an attempt whose response was lost after the request may have arrived; null: nothing.</summary>
    public string? LostResponseNote { get; init; }

    /// <summary>The maximum number of attempts if it is less than max-attempts, for optional requests.</summary>
    public int MaxAttempts { get; init; } = int.MaxValue;

    /// <summary>Attempts started so far.</summary>
    public int Count { get; set; }

    /// <summary>Wall clock at the start of the last attempt, UTC.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>Monotonic clock at the start of the last attempt.</summary>
    public long StartedTimestamp { get; set; }

    /// <summary>Whether the last attempt was logged.</summary>
    public bool IsLogged { get; set; }

    /// <summary>Retry-After was longer than the remaining time.</summary>
    public bool RetryAfterTooLong { get; set; }
}
