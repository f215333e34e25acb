using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Ccaas.Action;

/// <summary>Puts the commands together for one request. What talks to servers is made when the first server is asked: a token that is there already needs none.</summary>
internal sealed class Composition : IDisposable
{
    private readonly TokenRequest _request;
    private readonly StorePlan? _storePlan;
    private readonly ICiSystem _system;
    private readonly Masker _masker;
    private readonly ForeignText _foreignText;
    private readonly TimeProvider _time;
    private readonly Deadline _deadline;
    private readonly Lazy<Exchanges> _exchanges;
    private readonly Lazy<Servers> _servers;

    public Composition(TokenRequest request, StorePlan? store, ICiSystem system, Masker masker, ForeignText foreignText, TimeProvider time)
    {
        _request = request;
        _storePlan = store;
        _system = system;
        _masker = masker;
        _foreignText = foreignText;
        _time = time;
        _deadline = new Deadline(time, request.Http.Limits.Timeout);
        _exchanges = new Lazy<Exchanges>(() => new Exchanges(request, _deadline, system, masker, foreignText, time));
        _servers = new Lazy<Servers>(() => _exchanges.Value.Servers);
    }

    /// <returns>What the process is to end with.</returns>
    /// <exception cref="FailureException">What was asked for could not be done.</exception>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public async Task<ExitCode> RunAsync(Ask ask, Secret? token, Surroundings surroundings, CancellationToken cancellation)
    {
        if (ask.Verb is Verb.Revoke or Verb.Post)
        {
            var revoke = new RevokeCommand(_request, _masker, _servers, JobCache());
            await (ask.Verb == Verb.Revoke ? revoke.RunAsync(token!, cancellation) : revoke.RunAsync(_system.Kept(RevocationState.Name)!, cancellation));
            return ExitCode.Done;
        }

        using var reuse = Reuse();
        var acquisition = new TokenAcquisition(_request, _system, _masker, reuse, _servers, _time);
        switch (ask.Verb)
        {
            case Verb.Get:
                await new GetCommand(acquisition, surroundings.Output).RunAsync(cancellation);
                return ExitCode.Done;
            case Verb.Exec:
                return await new ExecCommand(acquisition, surroundings, ask.Program, ask.Command).RunAsync(cancellation);
            default:
                await new AcquireCommand(_request, acquisition, _system).RunAsync(cancellation);
                return ExitCode.Done;
        }
    }

    public void Dispose()
    {
        if (_exchanges.IsValueCreated)
        {
            _exchanges.Value.Dispose();
        }

        _deadline.Dispose();
    }

    private TokenReuse Reuse()
    {
        var policy = _request.Reuse;
        if (policy.JobCache && !_request.HasKey)
        {
            _system.Debug($"The token is not kept for other steps of this job: that {KeyStrength.NoKey}");
        }

        var handOver = policy.Seal || policy.SealedToken is not null ? TokenSeal.ForHandOver(_request, _system.JobRun, _time) : null;
        return new TokenReuse(policy, _request.HasCredentials, handOver, JobCache(), StoreCache(), _system);
    }

    // Without credentials there is nothing to ask a vendor for.
    private JobCache? JobCache() => _request is { Reuse.JobCache: true, HasCredentials: true, HasKey: true } && _system.JobFolder is { } folder
        ? new JobCache(folder, _request.Plan.Identity, TokenSeal.ForJob(_request, _time), _deadline, _system, _time)
        : null;

    private StoreCache? StoreCache() => _storePlan is not null && _request.HasCredentials
        ? new StoreCache(
            _storePlan.Shown,
            () => _storePlan.Open(new StoreConnection(_exchanges.Value.Http, _masker, _foreignText, _time)),
            TokenSeal.ForStore(_request, _time),
            _deadline,
            Random.Shared.NextDouble,
            _system,
            _time)
        : null;
}

/// <summary>Everything that talks to servers, put together for one request.</summary>
internal sealed class Exchanges : IDisposable
{
    private readonly IHost _host;

    public Exchanges(TokenRequest request, Deadline deadline, IRunLog log, Masker masker, ForeignText foreignText, TimeProvider time)
    {
        var tls = new TlsObservation();
        // Beside the host and not before it: the library checks its options by reflection, which takes as long as all of the host.
        var resilience = Task.Run(() => new ResilienceHandler(request.Http.Limits, deadline, new Backoff(Random.Shared.NextDouble), new AttemptLog(log), time), CancellationToken.None);
        var builder = LeanHost.CreateBuilder();
        builder.Services.AddHttp(request.Http, tls, () => resilience.GetAwaiter().GetResult());
        _host = builder.Build();

        Http = new HttpExchange(_host.Services.GetRequiredService<IHttpClientFactory>(), deadline, new TransportFailures(request.Http, deadline, tls, foreignText), time);
        var refusals = new VendorRefusals(request.Plan, foreignText, deadline);
        Servers = new Servers(
            new ServerDiscovery(Http, refusals, log, foreignText),
            new TokenEndpoint(Http, new TokenReading(masker, foreignText), refusals, masker, time),
            new ApiLookup(Http, refusals, foreignText),
            new OrganizationCheck(Http, refusals, foreignText),
            new TokenRevocation(request.Plan, Http, refusals, masker, log, time));
    }

    public HttpExchange Http { get; }

    public Servers Servers { get; }

    public void Dispose() => _host.Dispose();
}

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
