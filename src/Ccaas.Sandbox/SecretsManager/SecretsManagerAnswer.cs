using System.Text.Json.Nodes;
using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.SecretsManager;

/// <summary>What the JSON 1.1 protocol answers: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html</summary>
internal static class SecretsManagerAnswer
{
    public static Answer Ok(JsonObject body) => Typed(Answer.Json(200, body));

    /// <summary>The service's own errors say Message.</summary>
    public static Answer Error(string type, string message, int status = 400) =>
        Typed(Answer.Json(status, new JsonObject { ["__type"] = type, ["Message"] = message }));

    /// <summary>What is in front of the service says message.</summary>
    public static Answer Door(string type, string message) =>
        Typed(Answer.Json(400, new JsonObject { ["__type"] = type, ["message"] = message }));

    public static Answer Invalid(string message) => Error("InvalidRequestException", message);

    public static Answer InvalidParameter(string message) => Error("InvalidParameterException", message);

    public static Answer NotFound(string what = "") =>
        Error("ResourceNotFoundException", $"Secrets Manager can't find the specified secret{what}.");

    public static Answer MarkedForDeletion() =>
        Invalid("You can't perform this operation on the secret because it was marked for deletion.");

    /// <summary>Seconds since 1970, with the fraction.</summary>
    public static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    private static Answer Typed(Answer answer) => (answer with { ContentType = "application/x-amz-json-1.1" })
        .With("x-amzn-RequestId", Guid.NewGuid().ToString());
}

/// <summary>Faults in the service's words, such as ThrottlingException with 400.</summary>
public static class SecretsManagerFaults
{
    extension(Fault)
    {
        public static Fault SecretsManagerError(int status, string type, string message) =>
            Fault.Fixed("status", status, _ => SecretsManagerAnswer.Error(type, message, status));
    }
}
