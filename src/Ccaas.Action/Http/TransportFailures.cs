using System.Security.Authentication;
using Polly.Timeout;

namespace Ccaas.Action.Http;

/// <summary>Explains errors below HTTP: names, connections, TLS, proxies, timeouts.</summary>
internal sealed class TransportFailures(HttpSettings settings, Deadline deadline, TlsObservation tls, UntrustedText untrustedText)
{
    private const string WhereProxyIsSet = "where this runs (HTTPS_PROXY and NO_PROXY; in Azure Pipelines the agent's own settings)";

    private readonly TlsOnlyProxy _proxy = new(settings.Network);

    /// <returns>The failure; null for an exception that is a bug.</returns>
    public FailureException? Explain(Exception exception, Uri address, AttemptInfo report)
    {
        var host = PlainText.Host(address);
        var proxyAddress = _proxy.GetProxy(address);
        var proxy = proxyAddress?.Authority;
        // The first hop is the proxy, so connection errors are the proxy's.
        var hop = proxy is null ? host : $"the proxy {proxy}";
        return exception switch
        {
            BodyTooLargeException or HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
                TooLarge(host),
            OperationCanceledException or TimeoutRejectedException => TimedOut(host, report),
            // An https proxy sends its certificate before the server does.
            HttpRequestException { InnerException: AuthenticationException } when proxyAddress?.Scheme == Uri.UriSchemeHttps
                && tls.AcceptedHost != proxyAddress.IdnHost => Untrusted(hop, isProxy: true),
            HttpRequestException { InnerException: AuthenticationException } => Untrusted(host, isProxy: false),
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } tunnel => Proxy(host, proxy, tunnel.StatusCode),
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => NotResolved(hop, report),
            HttpRequestException or HttpIOException or IOException => NoConnection(hop, exception, report),
            _ => null,
        };
    }

    private static FailureException TooLarge(string host) => new(ExitCode.ServerFailed, "The response is too large",
        $"{host} responded with a body over {BoundedBody.Limit / 1024} KiB, or headers over {HttpRegistration.HeaderLimit} KiB, where a "
            + "short JSON text was expected.",
        "the address is not the one it should be, or something between here and there responds in its place.",
        "check token-url, api-url and region.",
        "the-response-is-invalid");

    private FailureException TimedOut(string host, AttemptInfo report) => new(ExitCode.Network, "The request timed out",
        deadline.Remaining > TimeSpan.Zero && settings.Limits.MaxAttempts > 1
            ? $"{host} did not respond ({Tries(report)}, the last given up after {Durations.Describe(settings.Limits.AttemptTimeout)})."
            : $"{host} did not respond within the timeout of {Durations.Describe(deadline.Timeout)} ({Tries(report)}).",
        "a firewall drops the connection silently, a proxy is needed, or the server is overloaded.",
        "check that this runner may reach the host and that HTTPS_PROXY is set where it must be; then raise the timeout.",
        "the-request-timed-out");

    private FailureException Untrusted(string host, bool isProxy)
    {
        var check = isProxy ? $"check the proxy's address {WhereProxyIsSet}" : "check token-url, api-url and region";
        var issuer = untrustedText.Clean(tls.Issuer, 120);
        var (message, cause, remedy) = tls.Errors switch
        {
            var errors when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) => (
                $"the certificate that {host} showed is for another name.",
                "the address is mistyped, or something in between responds in the server's place.",
                $"{check}; credentials were not sent."),
            _ when tls.IsOutOfTime => (
                $"the certificate that {host} showed has expired or is not valid yet.",
                "this machine's clock is wrong, or the server's certificate was not renewed.",
                "check the runner's clock; credentials were not sent."),
            not SslPolicyErrors.None => (
                $"the certificate that {host} showed is signed by an authority that is not trusted here ({issuer}).",
                isProxy ? "the proxy's certificate comes from the company's own authority, which is not known here."
                    : "the company's proxy inspects TLS and signs with an authority of its own, which this container does not know; or "
                        + "the server does not send its intermediate certificate, which is not downloaded.",
                "give that authority's certificate in ca-certificate (PEM text or a path); credentials were not sent."),
            _ when tls.Weakness is { } weakness => (
                $"the certificate that {host} showed {weakness}.",
                "whoever issued it, such as a company's proxy, uses settings that are no longer safe.",
                "have it issued anew: RSA of 2048 bits or more or P-256, SHA-256, and the host in subjectAltName; credentials were not "
                    + "sent."),
            _ when isProxy => (
                $"{host} and this program could not agree on how to encrypt.",
                "the proxy speaks no TLS at that port; most proxies expect plain http, through which TLS to the server passes.",
                $"let the proxy's address begin with http:// {WhereProxyIsSet}; credentials were not sent."),
            _ => (
                $"{host} and this program could not agree on how to encrypt.",
                settings.ClientCertificate is null
                    ? "the server speaks no TLS at that port, or only versions that are no longer safe."
                    : "the server did not accept the client's certificate, or speaks no TLS that is still safe.",
                settings.ClientCertificate is null
                    ? "check the address and its port; credentials were not sent."
                    : "check client-certificate, the address and its port; credentials were not sent."),
        };

        return new(ExitCode.Network, "TLS was refused", char.ToUpperInvariant(message[0]) + message[1..], cause, remedy, "tls-was-refused");
    }

    private static FailureException Proxy(string host, string? proxy, HttpStatusCode? status) =>
        new(ExitCode.Network, "The proxy refused the connection",
        $"The proxy {proxy} refused the connection to "
            + $"{host}{(status is { } code ? $" (it responded with {AttemptLog.Status(code)})" : "")}.",
        // 407 by the RFC; some proxies respond with 401.
        status is HttpStatusCode.ProxyAuthenticationRequired or HttpStatusCode.Unauthorized
            ? "the proxy wants a user and a password, and got none or others."
            : "the host is not on the proxy's list of allowed hosts.",
        $"check the proxy's address, user and password {WhereProxyIsSet}, and the proxy's rules.",
        "behind-a-proxy");

    private static FailureException NotResolved(string hop, AttemptInfo report) => new(ExitCode.Network, "The host name was not found",
        $"The name of {hop} could not be resolved ({Tries(report)}).",
        "the region or an address is mistyped, or this runner has no DNS for the outside and needs a proxy.",
        "check region, token-url and api-url; on a self-hosted runner check DNS and HTTPS_PROXY.",
        "the-host-name-was-not-found");

    private FailureException NoConnection(string hop, Exception exception, AttemptInfo report)
    {
        var isReached = exception is not HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError };
        // A server that does not accept the client certificate closes the connection, often only after the request.
        var (cause, remedy) = isReached && settings.ClientCertificate is not null
            ? ("the server did not accept the client's certificate, or got none because something in between ended the TLS connection.",
                "check which certificate, subject or authority is registered for the client, and that the endpoint is the one for mutual "
                    + "TLS (mtls_endpoint_aliases of the server's metadata).")
            : ("a firewall or a proxy stands in between, or the server is down.",
                "check that this runner may reach the host and that HTTPS_PROXY is set where it must be; the vendor's status page tells "
                    + "of outages.");
        return new(ExitCode.Network, "No connection",
            isReached
                ? $"The connection to {hop} did not last: {AttemptLog.Words(exception)} ({Tries(report)})."
                : $"No connection to {hop} ({Tries(report)}).",
            cause,
            remedy,
            "no-connection");
    }

    private static string Tries(AttemptInfo report) => report.Count == 1 ? "1 attempt" : $"{report.Count} attempts";
}
