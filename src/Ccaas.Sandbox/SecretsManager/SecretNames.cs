using System.Security.Cryptography;
using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.SecretsManager;

/// <summary>A secret goes by its name, by its ARN, and by its ARN without the six characters that the service adds.</summary>
internal sealed class SecretNames(AwsState state)
{
    private const string Characters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const int Suffix = 7;

    private readonly SandboxSecretStore _store = state.Store;

    public string NewArn(string name) =>
        $"arn:aws:secretsmanager:{state.Aws.Region}:{state.Aws.AccountId}:secret:{name}-{RandomNumberGenerator.GetString(Characters, 6)}";

    /// <param name="input">What the operation was called with.</param>
    /// <param name="response">What is answered about the secret, deleted or not.</param>
    public Response Change(SecretsManagerInput input, Func<SandboxSecret, (SandboxSecret?, Response)> response) =>
        input["SecretId"] is { Length: > 0 } id
            ? _store.Change(NameOf(id), secret => secret is null ? (null, SecretsManagerResponse.NotFound()) : response(secret))
            : SecretsManagerResponse.InvalidParameter("SecretId is missing.");

    /// <summary>The same for operations that a deleted secret is closed to.</summary>
    public Response ChangeLive(SecretsManagerInput input, Func<SandboxSecret, (SandboxSecret?, Response)> response) => Change(input, secret =>
        secret.DeletedAt is null ? response(secret) : (secret, SecretsManagerResponse.MarkedForDeletion()));

    private string NameOf(string id) => id.StartsWith("arn:", StringComparison.Ordinal)
        ? _store.All.FirstOrDefault(secret => secret.Arn == id || secret.Arn[..^Suffix] == id)?.Name ?? id
        : id;
}
