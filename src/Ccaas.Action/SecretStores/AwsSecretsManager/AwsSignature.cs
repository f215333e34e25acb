namespace Ccaas.Action.SecretStores.AwsSecretsManager;

/// <summary>
/// AWS Signature Version 4 in the Authorization header:
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html"/>.
/// A test holds it against the vendor's own signer.
/// </summary>
/// <param name="region">Where the signature holds.</param>
/// <param name="service">For what it holds, by the name in AWS's ARNs.</param>
internal sealed class AwsSignature(string region, string service)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string End = "aws4_request";

    /// <summary>The value of <c>x-amz-date</c>.</summary>
    public static string Timestamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The value of <c>Authorization</c> for a POST without a query.</summary>
    /// <param name="key">Signs.</param>
    /// <param name="address">Its path is signed; its host is, as the header <c>host</c>.</param>
    /// <param name="headers">What is signed, names in small letters and in their order; <c>host</c> and <c>x-amz-date</c> among them.</param>
    /// <param name="body">All of it.</param>
    /// <param name="timestamp">The same as <c>x-amz-date</c>.</param>
    public string Authorization(AwsCredentials key, Uri address, IReadOnlyList<KeyValuePair<string, string>> headers, ReadOnlySpan<byte> body, string timestamp)
    {
        var names = string.Join(';', headers.Select(header => header.Key));
        var canonical = string.Join(
            '\n',
            "POST",
            // Encoded once more than it is sent, which every service but S3 asks for.
            string.Join('/', address.AbsolutePath.Split('/').Select(Uri.EscapeDataString)),
            "",
            // Each header ends its line, so that an empty one follows.
            string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n")),
            names,
            Hex(SHA256.HashData(body)));
        var day = timestamp[..8];
        var scope = $"{day}/{region}/{service}/{End}";
        var toSign = string.Join('\n', Algorithm, timestamp, scope, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        var signature = Hex(Hash(SigningKey(key, day), toSign));
        return $"{Algorithm} Credential={key.AccessKeyId}/{scope}, SignedHeaders={names}, Signature={signature}";
    }

    /// <summary>The key of one day, region and service, from which the secret access key cannot be had back.</summary>
    public byte[] SigningKey(AwsCredentials key, string day) =>
        new[] { day, region, service, End }.Aggregate(Encoding.UTF8.GetBytes($"AWS4{key.SecretAccessKey.Reveal()}"), Hash);

    private static byte[] Hash(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
