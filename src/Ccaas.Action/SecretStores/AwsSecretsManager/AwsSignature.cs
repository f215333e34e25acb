namespace Ccaas.Action.SecretStores.AwsSecretsManager;

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
