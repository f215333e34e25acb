using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Ccaas.Action.Tests.Http;

public sealed class HttpRegistrationTests
{
    [Fact]
    public void Handlers_are_never_built_anew_because_a_run_may_outlast_the_factorys_default()
    {
        var request = Some.Request();
        using var deadline = new Deadline(TimeProvider.System, request.Http.Limits.Timeout);
        using var handler = new ResilienceHandler(
            request.Http.Limits, deadline, new Backoff(() => 0), new AttemptLog(new RecordingLog()), TimeProvider.System);
        var builder = Services.CreateHostBuilder();
        builder.Services.AddHttp(request.Http, new TlsObservation(), () => handler);
        using var host = builder.Build();

        var options = host.Services.GetRequiredService<IOptionsMonitor<HttpClientFactoryOptions>>().Get(HttpExchange.ClientName);

        Assert.Equal(Timeout.InfiniteTimeSpan, options.HandlerLifetime);
    }
}
