namespace Ccaas.Action.SecretStores.AwsSecretsManager;

/// <summary>Sends one signed request. The operation is in a header; request and response are JSON.</summary>
internal sealed class SecretsManagerApi(Uri address, string region, StoreConnection connection)
{
    private const string MediaType = "application/x-amz-json-1.1";

    // Throttling is a 400, and so are some short service errors.
    private static readonly KnownError[] Transient =
    [
        .. new[] { "ThrottlingException", "Throttling", "TooManyRequestsException", "LimitExceededException", "RequestLimitExceeded",
            "InternalServiceError" }
            .Select(code =>
                new KnownError(ExitCode.RateLimited, "AWS asks to come back later", "", "", "the-store-is-throttled") { Code = code }),
    ];

    private readonly AwsSignature _signature = new(region, "secretsmanager");

    /// <exception cref="OperationCanceledException">The job was canceled.</exception>
    public async Task<HttpReply> CallAsync(SecretsManagerOperation operation, AwsCredentials credentials, JsonText input,
        CancellationToken cancellation)
    {
        var body = input.ToBytes();
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        var report = new AttemptInfo(operation.Purpose)
        {
            KnownErrors = Transient,
            MaxAttempts = StoreConnection.MaxAttempts,
            // A signature is valid for minutes; after a wait, the first one may have expired.
            Prepare = each => Sign(each, operation, credentials, body),
        };
        return await connection.Http.SendAsync(request, report, cancellation);
    }

    private void Sign(HttpRequestMessage request, SecretsManagerOperation operation, AwsCredentials credentials, byte[] body)
    {
        var timestamp = AwsSignature.Timestamp(connection.Time.GetUtcNow());
        List<KeyValuePair<string, string>> signed =
            [new("content-type", MediaType), new("host", address.Authority), new("x-amz-date", timestamp)];
        if (credentials.SessionToken is { } token)
        {
            signed.Add(new("x-amz-security-token", token.Reveal()));
        }

        signed.Add(new("x-amz-target", $"secretsmanager.{operation.Name}"));
        var authorization = KeyValuePair.Create("Authorization", _signature.Authorization(credentials, address, signed, body, timestamp));
        foreach (var (name, value) in signed.Skip(1).Append(authorization))
        {
            // Of the attempt before.
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(MediaType) } };
    }
}

/// <summary>An operation of the API.</summary>
/// <param name="Name">In the API, and in the permission that it needs.</param>
/// <param name="Purpose">In the log.</param>
/// <param name="Done">In messages: could not be read.</param>
internal sealed record SecretsManagerOperation(string Name, string Purpose, string Done)
{
    public static SecretsManagerOperation Get { get; } = new("GetSecretValue", "Reading the store", "read");

    public static SecretsManagerOperation Put { get; } = new("PutSecretValue", "Writing to the store", "written");

    public static SecretsManagerOperation Create { get; } = new("CreateSecret", "Creating the secret", "created");
}
