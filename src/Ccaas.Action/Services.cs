using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Ccaas.Action;

/// <summary>
/// The composition root of one run. The host and everything that sends requests is created with the first request: a cached
/// token needs none of it, and to build a host takes a fifth of a run (docs/decisions/0009-lean-host.md).
/// </summary>
internal sealed class Services(
    TokenRequest request, StorePlan? store, ICiSystem system, Masker masker, UntrustedText untrustedText, TimeProvider time) : IDisposable
{
    private readonly Deadline _deadline = new(time, request.Http.Limits.Timeout);
    private IHost? _host;

    /// <summary>Runs the command. The token is given only for <c>revoke</c>.</summary>
    /// <exception cref="FailureException">The command failed.</exception>
    /// <exception cref="OperationCanceledException">The job was canceled.</exception>
    public async Task<ExitCode> RunAsync(
        ParsedCommand command, Secret? token, ProcessEnvironment environment, CancellationToken cancellation)
    {
        var servers = new Lazy<Servers>(CreateServers);
        if (command.Verb is Verb.Revoke or Verb.Post)
        {
            var revoke = new RevokeCommand(request, masker, servers, CreateJobCache());
            await (token is not null
                ? revoke.RunAsync(token, cancellation)
                : revoke.RunAsync(system.GetState(RevocationState.Name)!, cancellation));
            return ExitCode.Done;
        }

        using var reuse = CreateTokenReuse(servers);
        var acquisition = new TokenAcquisition(request, system, masker, reuse, servers, time);
        return await new TokenCommand(request, acquisition, system, environment).RunAsync(command, cancellation);
    }

    public void Dispose()
    {
        _host?.Dispose();
        _deadline.Dispose();
    }

    private TokenReuse CreateTokenReuse(Lazy<Servers> servers)
    {
        var policy = request.Reuse;
        if (policy.JobCache && !request.HasKey)
        {
            system.Debug($"The token is not cached for other steps of this job: that {KeyStrength.NoKey}");
        }

        var transfer = policy.Seal || policy.SealedToken is not null ? TokenSeal.ForTransfer(request, system.JobRun, time) : null;
        var storeCache = store is not null && request.HasCredentials
            ? new StoreCache(
                store.Shown,
                () => store.Open(new StoreConnection(servers.Value.Http, masker, untrustedText, time)),
                TokenSeal.ForStore(request, time),
                _deadline,
                Random.Shared.NextDouble,
                system,
                time)
            : null;
        return new TokenReuse(policy, request.HasCredentials, transfer, CreateJobCache(), storeCache, system);
    }

    private JobCache? CreateJobCache() =>
        request is { Reuse.JobCache: true, HasCredentials: true, HasKey: true } && system.JobFolder is { } folder
            ? new JobCache(folder, request.Plan.Identity, TokenSeal.ForJob(request, time), _deadline, system, time)
            : null;

    private Servers CreateServers()
    {
        var tls = new TlsObservation();
        // In parallel with the host: Polly validates its options by reflection, which takes as long as building the host.
        var backoff = new Backoff(Random.Shared.NextDouble);
        var resilience = Task.Run(
            () => new ResilienceHandler(request.Http.Limits, _deadline, backoff, new AttemptLog(system), time), CancellationToken.None);
        var builder = CreateHostBuilder();
        builder.Services.AddHttp(request.Http, tls, () => resilience.GetAwaiter().GetResult());
        _host = builder.Build();

        var factory = _host.Services.GetRequiredService<IHttpClientFactory>();
        var http = new HttpExchange(factory, _deadline, new TransportFailures(request.Http, _deadline, tls, untrustedText), time);
        var errors = new ResponseErrors(request.Plan, untrustedText, _deadline);
        return new Servers(
            http,
            new ServerDiscovery(http, errors, system, untrustedText),
            new TokenEndpoint(http, new TokenResponseReader(masker, untrustedText), errors, masker, time),
            new ApiLookup(http, errors, untrustedText),
            new OrganizationCheck(http, errors, untrustedText),
            new TokenRevocation(request.Plan, http, errors, masker, _deadline, system, time));
    }

    /// <summary>The generic host without what this program does not use: no configuration, no logging, no command line.</summary>
    public static HostApplicationBuilder CreateHostBuilder()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        // Registered as closed types: to close a generic service at run time costs a native program half a millisecond.
        builder.Services
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton<IHostLifetime, HostIsNeverStarted>(_ => new HostIsNeverStarted())
            .AddSingleton(Options.Create(new HostOptions()))
            .AddSingleton<IOptionsMonitor<HttpClientFactoryOptions>>(services => new OptionsMonitor<HttpClientFactoryOptions>(
                new OptionsFactory<HttpClientFactoryOptions>(services.GetServices<IConfigureOptions<HttpClientFactoryOptions>>(), []),
                [],
                new OptionsCache<HttpClientFactoryOptions>()));
        return builder;
    }

    /// <summary>The host is only built for its services. <see cref="CancellationSignals"/> handles signals.</summary>
    private sealed class HostIsNeverStarted : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
