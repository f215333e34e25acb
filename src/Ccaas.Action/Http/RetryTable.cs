using System.Net;
using System.Security.Authentication;
using Ccaas.Action.Foundation;
using Ccaas.Action.Requests;
using Polly.Timeout;

namespace Ccaas.Action.Http;

/// <summary>
/// The one table of what is tried again. The rule behind it: only what can get better by itself within seconds. A refused
/// secret, a missing page and an untrusted certificate stay what they are.
/// </summary>
internal static class RetryTable
{
    public static bool MayGetBetter(HttpResponseMessage response, VendorError error, IEnumerable<KnownError> knownErrors)
    {
        var known = knownErrors.FirstOrDefault(known => known.Matches((int)response.StatusCode, error.Code, error.Description));
        return known is not { IsCountedByTheHour: true } && (MayGetBetter(response.StatusCode) || known?.ExitCode == ExitCode.RateLimited);
    }

    private static bool MayGetBetter(HttpStatusCode status) => status switch
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

    public static bool MayGetBetter(Exception exception) => exception switch
    {
        // One try took too long; the time for everything is not up, or the pipeline would have ended.
        TimeoutRejectedException => true,
        // The certificate or the protocol is refused: the same answer comes next time.
        HttpRequestException { InnerException: AuthenticationException } => false,
        // Headers over the limit: an answer that makes no sense, like a body that does not.
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
