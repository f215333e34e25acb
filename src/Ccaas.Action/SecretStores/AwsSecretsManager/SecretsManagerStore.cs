namespace Ccaas.Action.SecretStores.AwsSecretsManager;

/// <summary>A secret whose current version is the text.</summary>
internal sealed class SecretsManagerStore(SecretsManagerApi api, IAwsCredentialSource keys, AwsQuestions questions, SecretsManagerRefusals refusals, string name) : ITokenStore
{
    // Tells people, and their policies, which secrets this program made.
    private const string TagKey = "created-by";
    private const string TagValue = "ccaas-token-action";

    private Task<AwsCredentials>? _key;

    public async Task<StoredText> ReadAsync(CancellationToken cancellation)
    {
        var reply = await CallAsync(SecretsManagerOperation.Get, json => json.WriteString("SecretId", name), cancellation);
        // The same error for a secret that is not there and for one that has no current value.
        return reply.IsSuccess ? Text(reply)
            : Says(reply, "ResourceNotFound") ? new StoredText(null)
            : throw refusals.Explain(reply, SecretsManagerOperation.Get);
    }

    public async Task WriteAsync(string text, DateTimeOffset expiresAt, CancellationToken cancellation)
    {
        var operation = SecretsManagerOperation.Put;
        var reply = await PutAsync(text, cancellation);
        if (Says(reply, "ResourceNotFound"))
        {
            operation = SecretsManagerOperation.Create;
            reply = await CreateAsync(text, cancellation);
            if (Says(reply, "ResourceExists"))
            {
                // Another machine was faster, which is as good.
                operation = SecretsManagerOperation.Put;
                reply = await PutAsync(text, cancellation);
            }
        }

        if (!reply.IsSuccess)
        {
            throw refusals.Explain(reply, operation);
        }
    }

    // A value of its own for each request, by which AWS tells a repeated one from another.
    private Task<HttpReply> PutAsync(string text, CancellationToken cancellation)
    {
        var token = Guid.NewGuid();
        return CallAsync(
            SecretsManagerOperation.Put,
            json =>
            {
                json.WriteString("SecretId", name);
                json.WriteString("ClientRequestToken", token);
                json.WriteString("SecretString", text);
            },
            cancellation);
    }

    private Task<HttpReply> CreateAsync(string text, CancellationToken cancellation)
    {
        var token = Guid.NewGuid();
        return CallAsync(
            SecretsManagerOperation.Create,
            json =>
            {
                json.WriteString("Name", name);
                json.WriteString("ClientRequestToken", token);
                json.WriteString("SecretString", text);
                json.WriteString("Description", "An access token that CI jobs share, sealed by ccaas-token. It is written anew whenever it has expired.");
                json.WriteStartArray("Tags");
                json.WriteStartObject();
                json.WriteString("Key", TagKey);
                json.WriteString("Value", TagValue);
                json.WriteEndObject();
                json.WriteEndArray();
            },
            cancellation);
    }

    private async Task<HttpReply> CallAsync(SecretsManagerOperation operation, System.Action<Utf8JsonWriter> write, CancellationToken cancellation)
    {
        // Once for reading and writing, a failure included: what gave no keys a second ago gives none now.
        _key ??= keys.ObtainAsync(questions, cancellation);
        return await api.CallAsync(operation, await _key, write, cancellation);
    }

    private StoredText Text(HttpReply reply)
    {
        if (JsonField.Text(reply.Body, "SecretString") is { } text)
        {
            return new StoredText(text);
        }

        throw JsonField.Text(reply.Body, "SecretBinary") is null
            ? questions.Failed("cannot be read, because the response holds no secret", "the address is not that of Secrets Manager, or something in between responds in its place.", "check the region, AWS_ENDPOINT_URL_SECRETS_MANAGER and AWS_ENDPOINT_URL.")
            : questions.Failed("is a binary one, which this program did not write", "another program keeps something of its own under this name.", "give the shared token a secret of its own.");
    }

    private static bool Says(HttpReply reply, string kind) => !reply.IsSuccess && AwsError.Of(reply).Kind == kind;
}
