namespace Ccaas.Action.SecretStores.AwsSecretsManager;

/// <summary>A secret whose current version is the text.</summary>
internal sealed class SecretsManagerStore(SecretsManagerApi api, IAwsKeySource keys, AwsQuestions questions, SecretsManagerRefusals refusals, string name) : ITokenStore
{
    // Tells people, and their policies, which secrets this program made.
    private const string TagKey = "created-by";
    private const string TagValue = "ccaas-token-action";

    private Result<AwsKey>? _key;

    public async Task<Result<StoredText>> ReadAsync(CancellationToken cancellation)
    {
        var result = await CallAsync(SecretsManagerOperation.Get, json => json.WriteString("SecretId", name), cancellation);
        if (!result.Succeeded(out var reply, out var broken))
        {
            return broken;
        }

        // The same error for a secret that is not there and for one that has no current value.
        return reply.IsSuccess ? Text(reply)
            : Says(reply, "ResourceNotFound") ? new StoredText(null)
            : refusals.Explain(reply, SecretsManagerOperation.Get);
    }

    public async Task<Failure?> WriteAsync(string text, DateTimeOffset expiresAt, CancellationToken cancellation)
    {
        var operation = SecretsManagerOperation.Put;
        var result = await PutAsync(text, cancellation);
        if (result.Succeeded(out var put, out _) && Says(put, "ResourceNotFound"))
        {
            operation = SecretsManagerOperation.Create;
            result = await CreateAsync(text, cancellation);
            if (result.Succeeded(out var created, out _) && Says(created, "ResourceExists"))
            {
                // Another machine was faster, which is as good.
                operation = SecretsManagerOperation.Put;
                result = await PutAsync(text, cancellation);
            }
        }

        return !result.Succeeded(out var reply, out var broken) ? broken
            : reply.IsSuccess ? null
            : refusals.Explain(reply, operation);
    }

    // A value of its own for each request, by which AWS tells a repeated one from another.
    private Task<Result<HttpReply>> PutAsync(string text, CancellationToken cancellation)
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

    private Task<Result<HttpReply>> CreateAsync(string text, CancellationToken cancellation)
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

    private async Task<Result<HttpReply>> CallAsync(SecretsManagerOperation operation, System.Action<Utf8JsonWriter> write, CancellationToken cancellation)
    {
        // Once for reading and writing, a failure included: what gave no keys a second ago gives none now.
        _key ??= await keys.ObtainAsync(questions, cancellation);
        return _key.Value.Succeeded(out var key, out var none) ? await api.CallAsync(operation, key, write, cancellation) : none;
    }

    private Result<StoredText> Text(HttpReply reply)
    {
        if (JsonField.Text(reply.Body, "SecretString") is { } text)
        {
            return new StoredText(text);
        }

        return JsonField.Text(reply.Body, "SecretBinary") is null
            ? questions.Failed("was answered for with something that is no secret", "the address is not that of Secrets Manager, or something in between answers in its place.", "check the region, AWS_ENDPOINT_URL_SECRETS_MANAGER and AWS_ENDPOINT_URL.")
            : questions.Failed("is a binary one, which this program did not write", "another program keeps something of its own under this name.", "give the shared token a secret of its own.");
    }

    private static bool Says(HttpReply reply, string kind) => !reply.IsSuccess && AwsError.Of(reply).Kind == kind;
}
