using System.Security.Authentication;
using Polly.Timeout;

namespace Ccaas.Action.Http;

/// <summary>
/// The one table of what is tried again. The rule behind it: only what can get better by itself within seconds. A refused
/// secret, a missing page and an untrusted certificate stay what they are.
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
        // The server gave up waiting for the request, or wants us slower, or is in trouble itself (RFC 9110 §15).
        HttpStatusCode.RequestTimeout => true,
        HttpStatusCode.TooManyRequests => true,
        HttpStatusCode.InternalServerError => true,
        HttpStatusCode.BadGateway => true,
        HttpStatusCode.ServiceUnavailable => true,
        HttpStatusCode.GatewayTimeout => true,
        // Unless a vendor says "slow down" with another: Genesys Cloud's login host does, with a 400.
        _ => false,
    };

    public static bool IsTransient(Exception exception) => exception switch
    {
        // One try took too long; the time for everything is not up, or the pipeline would have ended.
        TimeoutRejectedException => true,
        // The certificate or the protocol is refused: the same answer comes next time.
        HttpRequestException { InnerException: AuthenticationException } => false,
        // Headers over the limit: an invalid response, like a body that does not.
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => false,
        // The proxy's own answer follows the same rule as a server's.
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } tunnel => tunnel.StatusCode is null or >= HttpStatusCode.InternalServerError,
        // No connection, no such host (resolvers fail for moments), connection reset, answer cut off.
        HttpRequestException => true,
        HttpIOException => true,
        IOException => true,
        _ => false,
    };
}

/// <summary>
/// Exponential backoff with full jitter: a random part of a ceiling that doubles at each try. Full jitter spreads the jobs of
/// a matrix, which all fail at the same moment, better than any fixed part plus noise.
/// </summary>
/// <param name="random">Uniform in [0, 1).</param>
internal sealed class Backoff(Func<double> random)
{
    public static TimeSpan First { get; } = TimeSpan.FromMilliseconds(500);

    public static TimeSpan Ceiling { get; } = TimeSpan.FromSeconds(20);

    /// <param name="retry">0 before the second try, 1 before the third, …</param>
    public TimeSpan Wait(int retry)
    {
        var ceiling = Math.Min(Ceiling.TotalSeconds, First.TotalSeconds * Math.Pow(2, retry));
        return TimeSpan.FromSeconds(ceiling * random());
    }

    /// <summary>A wait that the server asked for, plus a little, so that all who were told the same do not return at the same moment.</summary>
    public TimeSpan RetryAfterDelay(TimeSpan asked, TimeSpan left)
    {
        var spread = asked + TimeSpan.FromSeconds(First.TotalSeconds * random());
        return spread < left ? spread : asked;
    }
}

/// <summary>The server's wish how long to wait, RFC 9110 §10.2.3: seconds or a date.</summary>
internal static class RetryAfter
{
    /// <returns>How long from now; null when there is no wish or it cannot be read. A date that has passed is zero.</returns>
    public static TimeSpan? Read(HttpResponseMessage response, TimeProvider time)
    {
        var header = response.Headers.RetryAfter;
        if (header?.Date is { } date)
        {
            // Against the server's own clock where it tells it: this machine's may be wrong by hours.
            var wait = date - (response.Headers.Date ?? time.GetUtcNow());
            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }

        return header?.Delta;
    }
}
