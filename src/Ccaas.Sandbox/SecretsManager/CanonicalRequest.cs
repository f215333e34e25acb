using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.SecretsManager;

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
