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

/// <summary>
/// AWS Signature Version 4 in the Authorization header:
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html"/>.
/// A test compares it with AWS's own signer.
/// </summary>
/// <param name="region">The region that the signature is valid for.</param>
/// <param name="service">The service, by its name in ARNs.</param>
internal sealed class AwsSignature(string region, string service)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string End = "aws4_request";

    /// <summary>The value of <c>x-amz-date</c>.</summary>
    public static string Timestamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The value of <c>Authorization</c> for a POST without a query.</summary>
    /// <param name="credentials">Sign the request.</param>
    /// <param name="address">Its path is signed.</param>
    /// <param name="headers">The signed headers, sorted by their lower-case names; <c>host</c> and <c>x-amz-date</c> among them.</param>
    /// <param name="body">The whole body.</param>
    /// <param name="timestamp">The same as <c>x-amz-date</c>.</param>
    public string Authorization(AwsCredentials credentials, Uri address, IReadOnlyList<KeyValuePair<string, string>> headers,
        ReadOnlySpan<byte> body, string timestamp)
    {
        var names = string.Join(';', headers.Select(header => header.Key));
        var canonical = string.Join(
            '\n',
            "POST",
            // Encoded twice, as every service but S3 requires.
            string.Join('/', address.AbsolutePath.Split('/').Select(Uri.EscapeDataString)),
            "",
            // Each header ends with a line break, so an empty line follows.
            string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n")),
            names,
            Hex(SHA256.HashData(body)));
        var day = timestamp[..8];
        var scope = $"{day}/{region}/{service}/{End}";
        var toSign = string.Join('\n', Algorithm, timestamp, scope, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        var signature = Hex(Hash(SigningKey(credentials, day), toSign));
        return $"{Algorithm} Credential={credentials.AccessKeyId}/{scope}, SignedHeaders={names}, Signature={signature}";
    }

    /// <summary>The signing key of one day, region and service; the secret access key cannot be derived from it.</summary>
    public byte[] SigningKey(AwsCredentials credentials, string day) =>
        new[] { day, region, service, End }.Aggregate(Encoding.UTF8.GetBytes($"AWS4{credentials.SecretAccessKey.Reveal()}"), Hash);

    private static byte[] Hash(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
