using System.Text.Json;
using System.Text.Json.Nodes;
using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.SecretsManager;

/// <summary>
/// AWS Secrets Manager, and the services that issue keys for it. Its clients can configure only a host, so there is no path
/// prefix.
/// </summary>
internal static class SecretsManagerEndpoints
{
    private const string Roles = "/latest/meta-data/iam/security-credentials/";

    public static IEnumerable<Endpoint> Create(SandboxState shared)
    {
        var state = new AwsState(shared);
        var api = new SecretsManagerApi(state);
        var sts = new SecurityTokenService(state);
        var container = new ContainerCredentials(state);
        var machine = new InstanceMetadata(state);
        return
        [
            // Two services at the root of their hosts; only one of them takes forms.
            new Endpoint("POST", "/", request =>
                request.MediaType == "application/x-www-form-urlencoded" ? sts.Call(request) : api.Call(request)),
            // With and without the slash that clients put after an address with a path.
            new Endpoint("POST", "/sts", sts.Call),
            new Endpoint("POST", "/sts/", sts.Call),
            new Endpoint("GET", "/v2/credentials/{id}", _ => container.ByPath()),
            new Endpoint("GET", "/v1/credentials", container.ByToken),
            new Endpoint("PUT", "/latest/api/token", machine.Token),
            new Endpoint("GET", Roles, machine.Roles),
            new Endpoint("GET", Roles + "{role}", machine.Credentials),
        ];
    }
}

/// <summary>What an operation was called with.</summary>
internal sealed class SecretsManagerInput(JsonElement body)
{
    /// <summary>Text of a field, or null if it was not sent.</summary>
    public string? this[string name] => SignedJwt.Text(body, name);

    public string? Value => this["SecretString"] ?? this["SecretBinary"];

    public bool IsBinary => this["SecretBinary"] is not null;

    public bool HasBothValues => this["SecretString"] is not null && this["SecretBinary"] is not null;

    public double? Number(string name) => SignedJwt.Number(body, name);

    public bool IsTrue(string name) => body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    public IReadOnlyList<string> Texts(string name) => SignedJwt.Texts(body, name);

    public IReadOnlyDictionary<string, string> Tags() => body.TryGetProperty("Tags", out var tags) && tags.ValueKind == JsonValueKind.Array
        ? tags.EnumerateArray().Where(tag => tag.ValueKind == JsonValueKind.Object)
            .GroupBy(tag => SignedJwt.Text(tag, "Key") ?? "", tag => SignedJwt.Text(tag, "Value") ?? "")
            .ToDictionary(group => group.Key, group => group.Last())
        : new Dictionary<string, string>();

    /// <summary>Null if it is no JSON object.</summary>
    public static SecretsManagerInput? Read(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? new SecretsManagerInput(document.RootElement.Clone()) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>One thing that the service does, and what it takes.</summary>
internal sealed record SecretsManagerOperation(string Name, SandboxSecretAccess Needs, Func<SecretsManagerInput, Response> Handle);

/// <summary>Responses of the JSON 1.1 protocol: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html</summary>
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
