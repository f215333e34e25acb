using System.Security.Authentication;
using Polly.Timeout;

namespace Ccaas.Action.Http;

/// <summary>
/// The table of what is retried: only errors that can end by themselves within seconds. Refused credentials, a missing page and an
/// untrusted certificate do not.
/// </summary>
internal static class RetryTable
{
    public static bool IsTransient(HttpResponseMessage response, VendorError error, IEnumerable<KnownError> knownErrors)
    {
        var known = knownErrors.FirstOrDefault(known => known.Matches((int)response.StatusCode, error.Code, error.Description));
        return known is not { IsCountedByTheHour: true } && (IsTransient(response.StatusCode) || known?.ExitCode == ExitCode.RateLimited);
    }

    private static bool IsTransient(HttpStatusCode status) => status switch
    {
        // Timeout, rate limit or service error of the server (RFC 9110 §15).
        HttpStatusCode.RequestTimeout => true,
        HttpStatusCode.TooManyRequests => true,
        HttpStatusCode.InternalServerError => true,
        HttpStatusCode.BadGateway => true,
        HttpStatusCode.ServiceUnavailable => true,
        HttpStatusCode.GatewayTimeout => true,
        // Except known rate limits with another status: the login host of Genesys Cloud has one with 400.
        _ => false,
    };

    public static bool IsTransient(Exception exception) => exception switch
    {
        // The attempt's timeout; at the end of the run's timeout, the pipeline has ended already.
        TimeoutRejectedException => true,
        // The certificate or the protocol was refused: the result will be the same.
        HttpRequestException { InnerException: AuthenticationException } => false,
        // Headers over the limit: an invalid response, like a body over the limit.
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => false,
        // The proxy's status follows the same rule as a server's.
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } tunnel =>
            tunnel.StatusCode is null or >= HttpStatusCode.InternalServerError,
        // No connection, host not resolved (resolvers can fail for a moment), connection reset, incomplete response.
        HttpRequestException => true,
        HttpIOException => true,
        IOException => true,
        _ => false,
    };
}

/// <summary>
/// Exponential backoff with full jitter: a random part of a ceiling that doubles with each attempt. The jobs of a matrix fail at the
/// same moment; full jitter spreads their retries best.
/// </summary>
/// <param name="random">Uniform in [0, 1).</param>
internal sealed class Backoff(Func<double> random)
{
    public static TimeSpan First { get; } = TimeSpan.FromMilliseconds(500);

    public static TimeSpan Ceiling { get; } = TimeSpan.FromSeconds(20);

    /// <param name="retry">0 before the second attempt, 1 before the third, …</param>
    public TimeSpan Wait(int retry)
    {
        var ceiling = Math.Min(Ceiling.TotalSeconds, First.TotalSeconds * Math.Pow(2, retry));
        return TimeSpan.FromSeconds(ceiling * random());
    }

    /// <summary>
    /// The server's Retry-After plus a short random time, so that clients with the same Retry-After do not retry at the same
    /// moment.
    /// </summary>
    public TimeSpan RetryAfterDelay(TimeSpan asked, TimeSpan left)
    {
        var spread = asked + TimeSpan.FromSeconds(First.TotalSeconds * random());
        return spread < left ? spread : asked;
    }
}

/// <summary>Retry-After, RFC 9110 §10.2.3: seconds or a date.</summary>
internal static class RetryAfter
{
    /// <returns>The wait from now; null without a valid header. Zero for a date in the past.</returns>
    public static TimeSpan? Read(HttpResponseMessage response, TimeProvider time)
    {
        var header = response.Headers.RetryAfter;
        if (header?.Date is { } date)
        {
            // Relative to the server's own clock (Date) where it is known: this machine's may be wrong by hours.
            var wait = date - (response.Headers.Date ?? time.GetUtcNow());
            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }

        return header?.Delta;
    }
}
