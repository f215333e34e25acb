using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ccaas.Action.Tests.SecretStores;

/// <summary>The program's own HTTP client, put together as in the program, for a store in a sandbox.</summary>
internal sealed class StoreLine : IDisposable, IMaskSink
{
    private readonly List<string> _masks = [];
    private readonly Deadline _deadline;
    private readonly IHost _host;

    /// <param name="time">What signatures are dated with; the tries are timed by the real clock.</param>
    /// <param name="timeout">For everything together.</param>
    public StoreLine(TimeProvider? time = null, double timeout = 20)
    {
        var request = Some.Request(timeout);
        var redactor = new Redactor();
        var untrustedText = new UntrustedText(redactor);
        var tls = new TlsObservation();
        _deadline = new Deadline(TimeProvider.System, request.Http.Limits.Timeout);
        var resilience = new ResilienceHandler(
            request.Http.Limits, _deadline, new Backoff(() => 0), new AttemptLog(Log), TimeProvider.System);
        var builder = Services.CreateHostBuilder();
        builder.Services.AddHttp(request.Http, tls, () => resilience);
        _host = builder.Build();
        var http = new HttpExchange(
            _host.Services.GetRequiredService<IHttpClientFactory>(), _deadline,
            new TransportFailures(request.Http, _deadline, tls, untrustedText), TimeProvider.System);
        Connection = new StoreConnection(http, new Masker(redactor, this), untrustedText, time ?? TimeProvider.System);
    }

    public StoreConnection Connection { get; }

    public RecordingLog Log { get; } = new();

    /// <summary>Everything that was masked, in every form.</summary>
    public IReadOnlyList<string> Masks => _masks;

    public void Mask(IReadOnlyList<string> forms) => _masks.AddRange(forms);

    public void Dispose()
    {
        _host.Dispose();
        _deadline.Dispose();
    }
}
