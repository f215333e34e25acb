using System.Security.Cryptography;
using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.SecretsManager;

/// <summary>The one address of the service, where a header says what is wanted.</summary>
internal sealed class SecretsManagerApi(AwsState state)
{
    private const string TargetPrefix = "secretsmanager.";

    private readonly RequestSignature _signature = new(state.Aws, state.AwsKeys, state.Clock);
    private readonly Dictionary<string, SecretsManagerOperation> _operations =
        Operations(state).ToDictionary(o => o.Name, StringComparer.Ordinal);

    public Response Call(Incoming request)
    {
        var target = request.Header("X-Amz-Target") ?? "";
        if (!_signature.TryFindKey(request, out var key, out var refusal))
        {
            return refusal;
        }

        if (request.MediaType != "application/x-amz-json-1.1"
            || !target.StartsWith(TargetPrefix, StringComparison.Ordinal)
            || !_operations.TryGetValue(target[TargetPrefix.Length..], out var operation))
        {
            return SecretsManagerResponse.Door("UnknownOperationException", $"the sandbox does not know {target} as {request.MediaType}");
        }

        if (!key.Access.HasFlag(operation.Needs))
        {
            return SecretsManagerResponse.Error(
                "AccessDeniedException",
                $"User: {key.Principal} is not authorized to perform: secretsmanager:{operation.Name} "
                + $"because no identity-based policy allows the secretsmanager:{operation.Name} action");
        }

        return SecretsManagerInput.Read(request.Body) is { } input
            ? operation.Handle(input)
            : SecretsManagerResponse.Door("SerializationException", "the body is no JSON object");
    }

    private static IEnumerable<SecretsManagerOperation> Operations(AwsState state)
    {
        var secrets = new SecretNames(state);
        var values = new SecretValues(state, secrets);
        var lives = new SecretLives(state, secrets);
        return
        [
            new("GetSecretValue", SandboxSecretAccess.Read, values.Get),
            new("PutSecretValue", SandboxSecretAccess.Write, values.Put),
            new("UpdateSecret", SandboxSecretAccess.Write, values.Update),
            new("CreateSecret", SandboxSecretAccess.Create, lives.Create),
            new("DescribeSecret", SandboxSecretAccess.Read, lives.Describe),
            new("DeleteSecret", SandboxSecretAccess.Delete, lives.Delete),
            new("RestoreSecret", SandboxSecretAccess.Delete, lives.Restore),
        ];
    }
}

/// <summary>A secret goes by its name, by its ARN, and by its ARN without the six characters that the service adds.</summary>
internal sealed class SecretNames(AwsState state)
{
    private const string Characters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const int Suffix = 7;

    private readonly SandboxSecretStore _store = state.Store;

    public string NewArn(string name) =>
        $"arn:aws:secretsmanager:{state.Aws.Region}:{state.Aws.AccountId}:secret:{name}-{RandomNumberGenerator.GetString(Characters, 6)}";

    /// <param name="input">What the operation was called with.</param>
    /// <param name="response">Makes the response for the secret, deleted or not.</param>
    public Response Change(SecretsManagerInput input, Func<SandboxSecret, (SandboxSecret?, Response)> response) =>
        input["SecretId"] is { Length: > 0 } id
            ? _store.Change(NameOf(id), secret => secret is null ? (null, SecretsManagerResponse.NotFound()) : response(secret))
            : SecretsManagerResponse.InvalidParameter("SecretId is missing.");

    /// <summary>The same for operations that a deleted secret is closed to.</summary>
    public Response ChangeLive(SecretsManagerInput input, Func<SandboxSecret, (SandboxSecret?, Response)> response) =>
        Change(input, secret =>
        secret.DeletedAt is null ? response(secret) : (secret, SecretsManagerResponse.MarkedForDeletion()));

    private string NameOf(string id) => id.StartsWith("arn:", StringComparison.Ordinal)
        ? _store.All.FirstOrDefault(secret => secret.Arn == id || secret.Arn[..^Suffix] == id)?.Name ?? id
        : id;
}
