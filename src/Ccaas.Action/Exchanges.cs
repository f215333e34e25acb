using Ccaas.Action.Foundation;
using Ccaas.Action.Http;
using Ccaas.Action.Masking;
using Ccaas.Action.OAuth;
using Ccaas.Action.Requests;
using Ccaas.Action.Revocation;
using Ccaas.Action.Verification;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ccaas.Action;

/// <summary>Everything that talks to servers, put together for one request.</summary>
internal sealed class Exchanges : IDisposable
{
    private readonly Deadline _deadline;
    private readonly IHost _host;

    public Exchanges(TokenRequest request, IRunLog log, ForeignText foreignText, TimeProvider time)
    {
        var tls = new TlsObservation();
        var deadline = _deadline = new Deadline(time, request.Limits.Timeout);
        // Beside the host and not before it: the library checks its options by reflection, which takes as long as all of the host.
        var resilience = Task.Run(() => new ResilienceHandler(request, deadline, new Backoff(Random.Shared.NextDouble), new AttemptLog(log), time), CancellationToken.None);
        var builder = LeanHost.CreateBuilder();
        builder.Services.AddHttp(request, tls, () => resilience.GetAwaiter().GetResult());
        _host = builder.Build();

        var http = new HttpExchange(_host.Services.GetRequiredService<IHttpClientFactory>(), deadline, new TransportFailures(request, deadline, tls, foreignText), time);
        var refusals = new VendorRefusals(request.Plan, foreignText, deadline);
        Discovery = new ServerDiscovery(http, refusals, log, foreignText);
        TokenEndpoint = new TokenEndpoint(http, new TokenReading(foreignText), refusals, time);
        ApiLookup = new ApiLookup(http, refusals, foreignText);
        OrganizationCheck = new OrganizationCheck(http, refusals, foreignText);
        Revocation = new TokenRevocation(request.Plan, http, refusals, log, time);
    }

    public ServerDiscovery Discovery { get; }

    public TokenEndpoint TokenEndpoint { get; }

    public ApiLookup ApiLookup { get; }

    public OrganizationCheck OrganizationCheck { get; }

    public TokenRevocation Revocation { get; }

    public void Dispose()
    {
        _host.Dispose();
        _deadline.Dispose();
    }
}
