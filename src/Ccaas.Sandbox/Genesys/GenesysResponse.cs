using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.Genesys;

/// <summary>What the API host's answers have in common: the correlation id, and the shape of an error.</summary>
internal static class GenesysResponse
{
    public static Response Ok(object body) => Correlated(NewCorrelationId(), Response.Json(200, body));

    public static Response NoContent() => Correlated(NewCorrelationId(), Response.Empty(204));

    public static Response Error(int status, string code, string message)
    {
        var id = NewCorrelationId();
        return Correlated(id, Response.Json(status, new
        {
            message,
            code,
            status,
            contextId = id,
            details = Array.Empty<object>(),
            errors = Array.Empty<object>(),
        }));
    }

    private static string NewCorrelationId() => Guid.NewGuid().ToString();

    private static Response Correlated(string id, Response response) => response.With("ININ-Correlation-Id", id);
}
