using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.Genesys;

/// <summary>What the API host's answers have in common: the correlation id, and the shape of an error.</summary>
internal static class GenesysAnswer
{
    public static Answer Ok(object body) => Correlated(NewCorrelationId(), Answer.Json(200, body));

    public static Answer NoContent() => Correlated(NewCorrelationId(), Answer.Empty(204));

    public static Answer Error(int status, string code, string message)
    {
        var id = NewCorrelationId();
        return Correlated(id, Answer.Json(status, new
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

    private static Answer Correlated(string id, Answer answer) => answer.With("ININ-Correlation-Id", id);
}
