using Ccaas.Sandbox.Control;
using Microsoft.AspNetCore.Http;

namespace Ccaas.Sandbox.Http;

/// <summary>The one way of a request: read, record, answer, with the next fault in between.</summary>
internal sealed class RequestHandler(
    EndpointTable vendors, EndpointTable? control, FaultSchedule faults, RequestLog log, TimeProvider clock, CancellationToken stopping)
{
    public async Task HandleAsync(HttpContext http)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        try
        {
            var request = await Incoming.ReadAsync(http, ended.Token);
            var isControl = control is not null && request.Path.StartsWith(ControlEndpoints.Prefix, StringComparison.Ordinal);
            var (handle, known) = (isControl ? control! : vendors).Find(request);
            if (request.IsTooLarge)
            {
                handle = _ => Response.Empty(413);
            }

            // Whoever orders faults is not a client of the vendor: it is neither disturbed nor written down.
            var fault = isControl ? null : faults.Take(request.Path);
            var entry = (isControl ? new RequestLog() : log).Add(new SandboxRequest
            {
                Method = request.Method,
                Path = request.Path,
                Query = request.Query,
                Headers = request.Headers,
                Body = request.Body,
                IsHttps = request.IsHttps,
                ClientCertificateSubject = request.ClientCertificate?.Subject,
                Known = known,
                Fault = fault == Fault.None ? null : fault?.Name,
            });
            await (fault ?? Fault.None).Play(new Exchange(http, () => handle(request), entry, clock, ended.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client went away, or the sandbox stops: nothing is owed to anybody.
            http.Abort();
        }
    }
}
