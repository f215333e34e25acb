using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Ccaas.Action;

/// <summary>
/// The composition root of one run. What talks to servers is created when the first request is sent: a cached token needs none
/// of it, and building a host takes a fifth of a run (docs/decisions/0009-lean-host.md).
/// </summary>
internal sealed class Services : IDisposable
{
    private readonly TokenRequest _request;
    private readonly StorePlan? _store;
    private readonly ICiSystem _system;
    private readonly Masker _masker;
    private readonly UntrustedText _untrustedText;
    private readonly TimeProvider _time;
    private readonly Deadline _deadline;
    private readonly Lazy<Servers> _servers;
    private IHost? _host;

    public Services(TokenRequest request, StorePlan? store, ICiSystem system, Masker masker, UntrustedText untrustedText, TimeProvider time)
    {
        _request = request;
        _store = store;
        _system = system;
        _masker = masker;
        _untrustedText = untrustedText;
        _time = time;
        _deadline = new Deadline(time, request.Http.Limits.Timeout);
        _servers = new Lazy<Servers>(CreateServers);
    }

    /// <returns>What the process ends with.</returns>
    /// <exception cref="FailureException">What was asked for could not be done.</exception>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public async Task<ExitCode> RunAsync(ParsedCommand command, Secret? token, ProcessEnvironment environment, CancellationToken cancellation)
    {
        if (command.Verb is Verb.Revoke or Verb.Post)
        {
            var revoke = new RevokeCommand(_request, _masker, _servers, CreateJobCache());
            await (command.Verb == Verb.Revoke ? revoke.RunAsync(token!, cancellation) : revoke.RunAsync(_system.GetState(RevocationState.Name)!, cancellation));
            return ExitCode.Done;
        }

        using var cache = CreateTokenReuse();
        var acquisition = new TokenAcquisition(_request, _system, _masker, cache, _servers, _time);
        switch (command.Verb)
        {
            case Verb.Get:
                await new GetCommand(acquisition, environment.Output).RunAsync(cancellation);
                return ExitCode.Done;
            case Verb.Exec:
                return await new ExecCommand(acquisition, environment, command.Program, command.Command).RunAsync(cancellation);
            default:
                await new AcquireCommand(_request, acquisition, _system).RunAsync(cancellation);
                return ExitCode.Done;
        }
    }

    public void Dispose()
    {
        _host?.Dispose();
        _deadline.Dispose();
    }

    private TokenReuse CreateTokenReuse()
    {
        var policy = _request.Reuse;
        if (policy.JobCache && !_request.HasKey)
        {
            _system.Debug($"The token is not cached for other steps of this job: that {KeyStrength.NoKey}");
        }

        var transferSeal = policy.Seal || policy.SealedToken is not null ? TokenSeal.ForTransfer(_request, _system.JobRun, _time) : null;
        return new TokenReuse(policy, _request.HasCredentials, transferSeal, CreateJobCache(), CreateStoreCache(), _system);
    }

    // Without credentials there is nothing to ask a vendor for.
    private JobCache? CreateJobCache() => _request is { Reuse.JobCache: true, HasCredentials: true, HasKey: true } && _system.JobFolder is { } folder
        ? new JobCache(folder, _request.Plan.Identity, TokenSeal.ForJob(_request, _time), _deadline, _system, _time)
        : null;

    private StoreCache? CreateStoreCache() => _store is not null && _request.HasCredentials
        ? new StoreCache(
            _store.Shown,
            () => _store.Open(new StoreConnection(_servers.Value.Http, _masker, _untrustedText, _time)),
            TokenSeal.ForStore(_request, _time),
            _deadline,
            Random.Shared.NextDouble,
            _system,
            _time)
        : null;

    private Servers CreateServers()
    {
        var tls = new TlsObservation();
        // Beside the host and not before it: Polly checks its options by reflection, which takes as long as all of the host.
        var resilience = Task.Run(() => new ResilienceHandler(_request.Http.Limits, _deadline, new Backoff(Random.Shared.NextDouble), new AttemptLog(_system), _time), CancellationToken.None);
        var builder = CreateHostBuilder();
        builder.Services.AddHttp(_request.Http, tls, () => resilience.GetAwaiter().GetResult());
        _host = builder.Build();

        var http = new HttpExchange(_host.Services.GetRequiredService<IHttpClientFactory>(), _deadline, new TransportFailures(_request.Http, _deadline, tls, _untrustedText), _time);
        var refusals = new ResponseErrors(_request.Plan, _untrustedText, _deadline);
        return new Servers(
            http,
            new ServerDiscovery(http, refusals, _system, _untrustedText),
            new TokenEndpoint(http, new TokenResponseReader(_masker, _untrustedText), refusals, _masker, _time),
            new ApiLookup(http, refusals, _untrustedText),
            new OrganizationCheck(http, refusals, _untrustedText),
            new TokenRevocation(_request.Plan, http, refusals, _masker, _system, _time));
    }

    /// <summary>The generic host without what this program does not use: no configuration, no logging, no command line.</summary>
    public static HostApplicationBuilder CreateHostBuilder()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        // Every generic service that the container closes at run time costs a native program half a millisecond.
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

    /// <summary>The host is built for its services; <see cref="CancellationSignals"/> handles signals.</summary>
    private sealed class HostIsNeverStarted : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
