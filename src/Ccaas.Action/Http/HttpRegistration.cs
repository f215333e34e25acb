using Microsoft.Extensions.DependencyInjection;

namespace Ccaas.Action.Http;

/// <summary>Puts the one HTTP client together.</summary>
internal static class HttpRegistration
{
    /// <summary>KiB; some servers send large cookies, none sends this much.</summary>
    public const int HeaderLimit = 64;

    /// <param name="services">Where the client is registered under <see cref="HttpExchange.ClientName"/>.</param>
    /// <param name="settings">Time limits and certificates.</param>
    /// <param name="tls">Told why a certificate was refused.</param>
    /// <param name="resilience">Gives the handler through which every request goes; called once.</param>
    public static void AddHttp(this IServiceCollection services, HttpSettings settings, TlsObservation tls, Func<ResilienceHandler> resilience) =>
        services.AddHttpClient(HttpExchange.ClientName)
            .ConfigureHttpClient(client =>
            {
                // The handler's own limits hold; this one would end a request without saying which of them it was.
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", UserAgent);
                client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "application/json");
            })
            .ConfigurePrimaryHttpMessageHandler(() => Connections(settings, tls))
            .AddHttpMessageHandler(resilience)
            // The factory would build the chain anew after two minutes, for servers that change their address under a
            // program that runs for days. This one ends before.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // The factory's own handlers would log every header of every request.
            .RemoveAllLoggers();

    private static string UserAgent { get; } = $"ccaas-token/{typeof(HttpRegistration).Assembly.GetName().Version?.ToString(3)}";

    private static SocketsHttpHandler Connections(HttpSettings settings, TlsObservation tls)
    {
        var handler = new SocketsHttpHandler
        {
            // A redirect would carry the credentials to wherever the answer says.
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
            // A server that has the same name at two ports resumes at one the session of the other, and asks for no certificate.
            handler.SslOptions.AllowTlsResume = false;
        }

        return handler;
    }
}
