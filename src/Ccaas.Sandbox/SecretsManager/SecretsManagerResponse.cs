using System.Text.Json.Nodes;
using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.SecretsManager;

/// <summary>What the JSON 1.1 protocol answers: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html</summary>
internal static class SecretsManagerResponse
{
    public static Response Ok(JsonObject body) => Typed(Response.Json(200, body));

    /// <summary>The service's own errors say Message.</summary>
    public static Response Error(string type, string message, int status = 400) =>
        Typed(Response.Json(status, new JsonObject { ["__type"] = type, ["Message"] = message }));

    /// <summary>What is in front of the service says message.</summary>
    public static Response Door(string type, string message) =>
        Typed(Response.Json(400, new JsonObject { ["__type"] = type, ["message"] = message }));

    public static Response Invalid(string message) => Error("InvalidRequestException", message);

    public static Response InvalidParameter(string message) => Error("InvalidParameterException", message);

    public static Response NotFound(string what = "") =>
        Error("ResourceNotFoundException", $"Secrets Manager can't find the specified secret{what}.");

    public static Response MarkedForDeletion() =>
        Invalid("You can't perform this operation on the secret because it was marked for deletion.");

    /// <summary>Seconds since 1970, with the fraction.</summary>
    public static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    private static Response Typed(Response response) => (response with { ContentType = "application/x-amz-json-1.1" })
        .With("x-amzn-RequestId", Guid.NewGuid().ToString());
}

/// <summary>Faults in the service's words, such as ThrottlingException with 400.</summary>
public static class SecretsManagerFaults
{
    extension(Fault)
    {
        public static Fault SecretsManagerError(int status, string type, string message) =>
            Fault.Fixed("status", status, _ => SecretsManagerResponse.Error(type, message, status));
    }
}
