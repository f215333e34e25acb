using Ccaas.Action.Commands;
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
    private readonly IHost _host;

    public Exchanges(TokenRequest request, Deadline deadline, IRunLog log, Masker masker, ForeignText foreignText, TimeProvider time)
    {
        var tls = new TlsObservation();
        // Beside the host and not before it: the library checks its options by reflection, which takes as long as all of the host.
        var resilience = Task.Run(() => new ResilienceHandler(request, deadline, new Backoff(Random.Shared.NextDouble), new AttemptLog(log), time), CancellationToken.None);
        var builder = LeanHost.CreateBuilder();
        builder.Services.AddHttp(request, tls, () => resilience.GetAwaiter().GetResult());
        _host = builder.Build();

        Http = new HttpExchange(_host.Services.GetRequiredService<IHttpClientFactory>(), deadline, new TransportFailures(request, deadline, tls, foreignText), time);
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
