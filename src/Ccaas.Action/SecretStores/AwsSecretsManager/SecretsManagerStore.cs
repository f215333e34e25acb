namespace Ccaas.Action.SecretStores.AwsSecretsManager;

internal sealed class SecretsManagerStore(SecretsManagerApi api, IAwsCredentialSource source, AwsSecret target,
    SecretsManagerErrors errors, string name) : ISecretStore
{
    // Shows people, and their policies, which secrets this program created.
    private const string TagKey = "created-by";
    private const string TagValue = "ccaas-token-action";

    private Task<AwsCredentials>? _credentials;

    public async Task<string?> ReadAsync(CancellationToken cancellation)
    {
        var response = await CallAsync(SecretsManagerOperation.Get, new JsonText().Add("SecretId", name), cancellation);
        // The same error for a secret that does not exist and for one without a current value.
        return response.IsSuccess ? Text(response)
            : Is(response, "ResourceNotFound") ? null
            : throw errors.Explain(response, SecretsManagerOperation.Get);
    }

    public async Task WriteAsync(string text, DateTimeOffset expiresAt, CancellationToken cancellation)
    {
        var operation = SecretsManagerOperation.Put;
        var response = await PutAsync(text, cancellation);
        if (Is(response, "ResourceNotFound"))
        {
            operation = SecretsManagerOperation.Create;
            response = await CreateAsync(text, cancellation);
            if (Is(response, "ResourceExists"))
            {
                // Another machine has created it in the meantime.
                operation = SecretsManagerOperation.Put;
                response = await PutAsync(text, cancellation);
            }
        }

        if (!response.IsSuccess)
        {
            throw errors.Explain(response, operation);
        }
    }

    // A new ClientRequestToken each time, by which AWS recognizes a repeated request.
    private Task<HttpReply> PutAsync(string text, CancellationToken cancellation) => CallAsync(
        SecretsManagerOperation.Put,
        new JsonText().Add("SecretId", name).Add("ClientRequestToken", $"{Guid.NewGuid()}").Add("SecretString", text),
        cancellation);

    private Task<HttpReply> CreateAsync(string text, CancellationToken cancellation) => CallAsync(
        SecretsManagerOperation.Create,
        new JsonText().Add("Name", name).Add("ClientRequestToken", $"{Guid.NewGuid()}").Add("SecretString", text)
            .Add("Description", "An access token that CI jobs share, sealed by ccaas-token. It is replaced when it has expired.")
            .Add("Tags", [new JsonText().Add("Key", TagKey).Add("Value", TagValue)]),
        cancellation);

    private async Task<HttpReply> CallAsync(SecretsManagerOperation operation, JsonText input, CancellationToken cancellation)
    {
        // Obtained once for reading and writing; a failure is not tried again.
        _credentials ??= source.ObtainAsync(target, cancellation);
        return await api.CallAsync(operation, await _credentials, input, cancellation);
    }

    private string Text(HttpReply response)
    {
        if (JsonField.Text(response.Body, "SecretString") is { } text)
        {
            return text;
        }

        throw JsonField.Text(response.Body, "SecretBinary") is null
            ? target.Failed("cannot be read, because the response holds no secret",
                "the address is not that of Secrets Manager, or a proxy responded instead.",
                "check the region, AWS_ENDPOINT_URL_SECRETS_MANAGER and AWS_ENDPOINT_URL.")
            : target.Failed("holds a binary value, which this program did not write", "the secret belongs to another program.",
                "give the shared token a secret of its own.");
    }

    private static bool Is(HttpReply response, string kind) => !response.IsSuccess && AwsError.Of(response).Kind == kind;
}
