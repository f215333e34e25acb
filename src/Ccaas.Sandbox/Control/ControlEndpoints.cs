using System.Text.Json;
using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.Control;

/// <summary>Endpoints with which another process orders faults and reads the requests.</summary>
internal static class ControlEndpoints
{
    public const string Prefix = "/_sandbox/";

    public static IEnumerable<Endpoint> Create(FaultSchedule faults, RequestLog log) =>
    [
        new Endpoint("POST", Prefix + "faults", request => Order(request, faults)),
        new Endpoint("GET", Prefix + "requests", _ => Response.Json(200, log.Snapshot().Select(Show))),
        new Endpoint("DELETE", Prefix + "requests", _ =>
        {
            log.Clear();
            return Response.Empty(204);
        }),
    ];

    private static Response Order(Incoming request, FaultSchedule faults)
    {
        try
        {
            // All are read before the first is queued: a list with an error orders nothing.
            var orders = JsonSerializer.Deserialize<FaultOrder?[]>(request.Body, FaultOrder.Json);
            if (orders is null || orders.Contains(null))
            {
                throw new ArgumentException("a list of faults is expected, and null is none");
            }

            foreach (var (path, fault) in orders.SelectMany(order => order!.ToFaults()).ToList())
            {
                faults.Enqueue(path, fault);
            }

            return Response.Empty(204);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return Response.Json(400, new { error = "invalid_request", error_description = e.Message });
        }
    }

    private static object Show(SandboxRequest request) => new
    {
        request.Method,
        request.Path,
        Query = Redaction.Query(request.Query),
        Headers = request.Headers.ToDictionary(h => h.Key, h => Redaction.Header(h.Key, h.Value)),
        Body = Redaction.Body(request.Header("Content-Type"), request.Body),
        request.IsHttps,
        request.ClientCertificateSubject,
        request.Known,
        request.Status,
        request.Fault,
    };
}
