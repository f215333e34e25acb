using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Ccaas.Action;

/// <summary>
/// The generic host without what this program does not use. Every generic service that the container has to close at run
/// time costs a native program about half a millisecond, so those that are asked for are registered closed; together that
/// is a fifth of a run (docs/decisions/0009-lean-host.md).
/// </summary>
internal static class LeanHost
{
    /// <summary>Empty: no configuration files, no logging, no command line; this program reads its inputs itself.</summary>
    public static HostApplicationBuilder CreateBuilder()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton<IHostLifetime, SignalsAreHandledElsewhere>(_ => new SignalsAreHandledElsewhere())
            .AddSingleton(Options.Create(new HostOptions()))
            .AddSingleton<IOptionsMonitor<HttpClientFactoryOptions>>(services => new OptionsMonitor<HttpClientFactoryOptions>(
                new OptionsFactory<HttpClientFactoryOptions>(services.GetServices<IConfigureOptions<HttpClientFactoryOptions>>(), []),
                [],
                new OptionsCache<HttpClientFactoryOptions>()));
        return builder;
    }

    /// <summary>The host is built for its services and never started; <see cref="CancellationSignals"/> sees to signals.</summary>
    private sealed class SignalsAreHandledElsewhere : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
