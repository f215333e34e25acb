namespace Ccaas.Sandbox.Http;

/// <summary>Finds what answers a request. What is not in the table is refused.</summary>
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
