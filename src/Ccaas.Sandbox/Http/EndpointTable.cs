using Ccaas.Sandbox.Control;
using Microsoft.AspNetCore.Http;

namespace Ccaas.Sandbox.Http;

/// <summary>Finds the endpoint of a request. A request without one is refused.</summary>
internal sealed class EndpointTable(IEnumerable<Endpoint> endpoints)
{
    // A path that is spelled out goes before one with open parts that it also fits.
    private readonly List<Endpoint> _endpoints = [.. endpoints.OrderBy(e => e.OpenParts)];

    public (Func<Incoming, Response> Handle, bool Known) Find(Incoming request)
    {
        var here = _endpoints.FindAll(e => e.Matches(request.Path));
        if (here.Find(e => e.Method == request.Method) is { } endpoint)
        {
            return (endpoint.Handle, true);
        }

        var problem = $"the sandbox does not know {request.Method} {request.Path}";
        if (here.Count == 0)
        {
            return (_ => Response.Json(404, new { error = "not_found", error_description = problem }), false);
        }

        return (_ => Response
            .Json(405, new { error = "method_not_allowed", error_description = problem })
            .With("Allow", string.Join(", ", here.Select(e => e.Method).Distinct())), false);
    }
}

/// <summary>
/// One endpoint of a vendor's host: an exact method and path, and its handler. A segment of the path in braces stands
/// for any part that is not empty.
/// </summary>
internal sealed record Endpoint(string Method, string Path, Func<Incoming, Response> Handle)
{
    private readonly string[] _parts = Path.Split('/');

    /// <summary>How many parts of the path are left open.</summary>
    public int OpenParts => _parts.Count(IsOpen);

    public bool Matches(string path)
    {
        var parts = path.Split('/');
        return parts.Length == _parts.Length
            && _parts.Zip(parts).All(pair => IsOpen(pair.First) ? pair.Second.Length > 0 : pair.First == pair.Second);
    }

    private static bool IsOpen(string part) => part is ['{', .., '}'];
}

/// <summary>Handles a request: read, record, respond, with the next fault in between.</summary>
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
