namespace Ccaas.Action.SecretStores.AwsSecretsManager;

/// <summary>One signed request: JSON in, JSON out, and a header that says what is wanted.</summary>
internal sealed class SecretsManagerApi(Uri address, string region, StoreConnection connection)
{
    private const string MediaType = "application/x-amz-json-1.1";

    // AWS says "slow down" with a 400, and some of its pages give a short failure of the service the same status.
    private static readonly KnownError[] MayPass =
    [
        .. new[] { "ThrottlingException", "Throttling", "TooManyRequestsException", "LimitExceededException", "RequestLimitExceeded", "InternalServiceError" }
            .Select(code => new KnownError(ExitCode.RateLimited, "AWS asks to come back later", "", "", "the-store-is-throttled") { Code = code }),
    ];

    private readonly AwsSignature _signature = new(region, "secretsmanager");

    /// <param name="operation">What to do.</param>
    /// <param name="key">Signs.</param>
    /// <param name="write">Writes the fields of the input.</param>
    /// <param name="cancellation">Cancelled when the job is.</param>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public async Task<HttpReply> CallAsync(SecretsManagerOperation operation, AwsCredentials key, System.Action<Utf8JsonWriter> write, CancellationToken cancellation)
    {
        var body = Json(write);
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        var report = new AttemptInfo(operation.Purpose)
        {
            KnownErrors = MayPass,
            MaxAttempts = StoreConnection.MaxAttempts,
            // A signature is good for minutes; one that is made before a wait might be too old after it.
            Prepare = each => Sign(each, operation, key, body),
        };
        return await connection.Http.SendAsync(request, report, cancellation);
    }

    private void Sign(HttpRequestMessage request, SecretsManagerOperation operation, AwsCredentials key, byte[] body)
    {
        var timestamp = AwsSignature.Timestamp(connection.Time.GetUtcNow());
        List<KeyValuePair<string, string>> signed = [new("content-type", MediaType), new("host", address.Authority), new("x-amz-date", timestamp)];
        if (key.SessionToken is { } token)
        {
            signed.Add(new("x-amz-security-token", token.Reveal()));
        }

        signed.Add(new("x-amz-target", $"secretsmanager.{operation.Name}"));
        var authorization = KeyValuePair.Create("Authorization", _signature.Authorization(key, address, signed, body, timestamp));
        foreach (var (name, value) in signed.Skip(1).Append(authorization))
        {
            // That of the try before.
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(MediaType) } };
    }

    private static byte[] Json(System.Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}

/// <summary>What the service is asked to do.</summary>
/// <param name="Name">By the name of the API, which is also that of the permission.</param>
/// <param name="Purpose">As the log names it.</param>
/// <param name="Done">What is done to the secret, for people.</param>
internal sealed record SecretsManagerOperation(string Name, string Purpose, string Done)
{
    public static SecretsManagerOperation Get { get; } = new("GetSecretValue", "Reading the store", "read");

    public static SecretsManagerOperation Put { get; } = new("PutSecretValue", "Writing to the store", "written");

    public static SecretsManagerOperation Create { get; } = new("CreateSecret", "Creating the secret", "created");
}
