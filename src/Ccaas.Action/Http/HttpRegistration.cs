using Microsoft.Extensions.DependencyInjection;

namespace Ccaas.Action.Http;

/// <summary>Puts the one HTTP client together.</summary>
internal static class HttpRegistration
{
    /// <summary>KiB. Some servers send large cookies, but not this large.</summary>
    public const int HeaderLimit = 64;

    /// <param name="services">Where the client is registered under <see cref="HttpExchange.ClientName"/>.</param>
    /// <param name="settings">Time limits and certificates.</param>
    /// <param name="tls">Records why a certificate was refused.</param>
    /// <param name="resilience">Creates the handler of all requests; called once.</param>
    public static void AddHttp(this IServiceCollection services, HttpSettings settings, TlsObservation tls,
        Func<ResilienceHandler> resilience) =>
        services.AddHttpClient(HttpExchange.ClientName)
            .ConfigureHttpClient(client =>
            {
                // The handler has the timeouts; this one would not say which of them ended the request.
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", UserAgent);
                client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "application/json");
            })
            .ConfigurePrimaryHttpMessageHandler(() => Connections(settings, tls))
            .AddHttpMessageHandler(resilience)
            // The factory would create new handlers after two minutes, for programs that run for days. This one ends before.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // The factory's own handlers would log every header of every request.
            .RemoveAllLoggers();

    private static string UserAgent { get; } = $"ccaas-token/{typeof(HttpRegistration).Assembly.GetName().Version?.ToString(3)}";

    private static SocketsHttpHandler Connections(HttpSettings settings, TlsObservation tls)
    {
        var handler = new SocketsHttpHandler
        {
            // A redirect would send the credentials to a host that the response chooses.
            AllowAutoRedirect = false,
            UseCookies = false,
            // Headers over the limit are an invalid response, not a reason to use memory.
            MaxResponseHeadersLength = HeaderLimit,
            ConnectTimeout = settings.Limits.AttemptTimeout,
            ActivityHeadersPropagator = null,
            Proxy = new TlsOnlyProxy(settings.Network),
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = tls.Validate,
                CertificateChainPolicy = CertificateTrust.SystemAnd(settings.CertificateAuthorities),
            },
        };

        if (settings.ClientCertificate is { } certificate)
        {
            handler.SslOptions.ClientCertificateContext = ClientIdentity.Of(certificate);
            // A server with the same name at two ports would resume the session of the other port, and request no certificate.
            handler.SslOptions.AllowTlsResume = false;
        }

        return handler;
    }
}
