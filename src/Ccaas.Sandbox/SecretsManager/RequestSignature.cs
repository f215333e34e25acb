using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.SecretsManager;

/// <summary>Who signed a request, by AWS Signature Version 4, with everything checked that the vendor's front door checks.</summary>
internal sealed class RequestSignature(SandboxAws aws, AwsKeys keys, TimeProvider clock)
{
    private const string Service = "secretsmanager";
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    // How far the client's clock may be off.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(15);

    public bool TryFindKey(
        Incoming request, [NotNullWhen(true)] out SandboxAccessKey? key, [NotNullWhen(false)] out Response? refusal)
    {
        key = null;
        var authorization = request.Header("Authorization");
        if (!SignedHeader.TryParse(authorization ?? "", out var header))
        {
            refusal = authorization is null
                ? SecretsManagerResponse.Door("MissingAuthenticationTokenException", "Missing Authentication Token")
                : SecretsManagerResponse.Door("IncompleteSignatureException",
                    "The Authorization header is not one of Signature Version 4.");
            return false;
        }

        if (keys.Find(header.AccessKeyId) is not { } found || found.SessionToken != request.Header("X-Amz-Security-Token"))
        {
            refusal = SecretsManagerResponse.Door("UnrecognizedClientException", "The security token included in the request is invalid.");
            return false;
        }

        refusal = CheckTime(request, header) ?? CheckScope(header) ?? CheckHeaders(request, header)
            ?? CheckSignature(request, header, found) ?? CheckEnd(found);
        key = refusal is null ? found : null;
        return key is not null;
    }

    private Response? CheckEnd(SandboxAccessKey key) => key.ExpiresAt <= clock.GetUtcNow()
        ? SecretsManagerResponse.Door("ExpiredTokenException", "The security token included in the request is expired")
        : null;

    private Response? CheckTime(Incoming request, SignedHeader header)
    {
        var sent = request.Header("X-Amz-Date") ?? "";
        if (!DateTimeOffset.TryParseExact(sent, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return SecretsManagerResponse.Door(
                "IncompleteSignatureException", "Authorization header requires existence of a valid 'X-Amz-Date' header.");
        }

        var now = clock.GetUtcNow();
        return (now - time) switch
        {
            var age when age > Tolerance =>
                Invalid($"Signature expired: {sent} is now earlier than {Text(now - Tolerance)} ({Text(now)} - 15 min.)"),
            var age when age < -Tolerance =>
                Invalid($"Signature not yet current: {sent} is still later than {Text(now + Tolerance)} ({Text(now)} + 15 min.)"),
            _ when !sent.StartsWith(header.Date, StringComparison.Ordinal) || header.Date.Length != 8 =>
                Invalid($"Date in Credential scope does not match YYYYMMDD of the request's date: '{header.Date}' != '{sent[..8]}'."),
            _ => null,
        };
    }

    private Response? CheckScope(SignedHeader header) => header switch
    {
        _ when header.Region != aws.Region => Invalid($"Credential should be scoped to a valid region, not '{header.Region}'."),
        { Service: not Service } => Invalid($"Credential should be scoped to correct service: '{Service}'."),
        _ => null,
    };

    // What is not signed could have been put there by anybody.
    private static Response? CheckHeaders(Incoming request, SignedHeader header)
    {
        var signed = header.Headers;
        var needed = request.Headers.Keys.Select(name => name.ToLowerInvariant())
            .Where(name => name == "host" || name.StartsWith("x-amz-", StringComparison.Ordinal));
        if (needed.FirstOrDefault(name => !signed.Contains(name)) is { } unsigned)
        {
            return Invalid($"'{unsigned}' must be a 'SignedHeader' in the AWS Authorization.");
        }

        if (!signed.SequenceEqual(signed.Distinct().Order(StringComparer.Ordinal)) || signed.Any(name => request.Header(name) is null))
        {
            return Invalid("SignedHeaders are not those of the request, in lower case and in order.");
        }

        return request.Header("X-Amz-Content-Sha256") is { } said && said != CanonicalRequest.PayloadHash(request)
            ? Invalid("The provided 'x-amz-content-sha256' header does not match what was computed.")
            : null;
    }

    private static Response? CheckSignature(Incoming request, SignedHeader header, SandboxAccessKey key)
    {
        var toSign = string.Join(
            '\n',
            SignedHeader.Algorithm,
            request.Header("X-Amz-Date"),
            header.Scope,
            CanonicalRequest.Hash(CanonicalRequest.Of(request, header.Headers)));
        var signing = new[] { header.Date, header.Region, header.Service, "aws4_request" }
            .Aggregate(Encoding.UTF8.GetBytes("AWS4" + key.SecretAccessKey), Sign);
        var expected = Convert.ToHexStringLower(Sign(signing, toSign));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(header.Signature))
            ? null
            : Invalid("The request signature we calculated does not match the signature you provided. "
                + "Check your AWS Secret Access Key and signing method.");
    }

    private static byte[] Sign(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static Response Invalid(string message) => SecretsManagerResponse.Door("InvalidSignatureException", message);
}

/// <summary>
/// A request in the one form that both sides can hash:
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
/// </summary>
internal static partial class CanonicalRequest
{
    public static string Of(Incoming request, IReadOnlyList<string> headers) => string.Join(
        '\n',
        request.Method,
        // Encoded once more than it was sent, which only S3 does without.
        string.Join('/', request.Path.Split('/').Select(Uri.EscapeDataString)),
        string.Join('&', request.Query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Parameter).Order(StringComparer.Ordinal)),
        // Each header ends its line, so that one line more is empty.
        string.Concat(headers.Select(name => $"{name}:{Spaces().Replace((request.Header(name) ?? "").Trim(), " ")}\n")),
        string.Join(';', headers),
        PayloadHash(request));

    /// <summary>Of what has arrived, whatever the client says about it.</summary>
    public static string PayloadHash(Incoming request) => Hash(request.Body);

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Parameter(string parameter) =>
        string.Join('=', (parameter + (parameter.Contains('=', StringComparison.Ordinal) ? "" : "="))
            .Split('=', 2).Select(half => Uri.EscapeDataString(Uri.UnescapeDataString(half))));

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}

/// <summary>The Authorization header of AWS Signature Version 4, taken apart and not yet believed.</summary>
internal sealed record SignedHeader(
    string AccessKeyId, string Date, string Region, string Service, IReadOnlyList<string> Headers, string Signature)
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    private const string Terminator = "aws4_request";

    public string Scope => $"{Date}/{Region}/{Service}/{Terminator}";

    public static bool TryParse(string authorization, [NotNullWhen(true)] out SignedHeader? header)
    {
        header = null;
        if (!authorization.StartsWith($"{Algorithm} ", StringComparison.Ordinal))
        {
            return false;
        }

        var fields = authorization[(Algorithm.Length + 1)..].Split(',').Select(field => field.Trim().Split('=', 2)).ToList();
        if (fields.Select(field => field[0]).Order(StringComparer.Ordinal).SequenceEqual(["Credential", "Signature", "SignedHeaders"])
            && fields.TrueForAll(field => field.Length == 2)
            && Of("Credential").Split('/') is [var id, var date, var region, var service, Terminator])
        {
            header = new SignedHeader(id, date, region, service, Of("SignedHeaders").Split(';'), Of("Signature"));
        }

        return header is not null;

        string Of(string name) => fields.Single(field => field[0] == name)[1];
    }
}
