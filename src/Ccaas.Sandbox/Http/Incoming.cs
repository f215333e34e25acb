using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ccaas.Sandbox.Http;

/// <summary>A request that was read to its end.</summary>
internal sealed record Incoming(
    string Method,
    string Path,
    string Query,
    IReadOnlyDictionary<string, string> Headers,
    string Body,
    bool IsHttps,
    bool IsTooLarge,
    X509Certificate2? ClientCertificate)
{
    // No token request comes near this; a client that sends more has gone wrong.
    private const int MaxBody = 64 * 1024;

    /// <summary>The media type without its parameters, in lower case; empty if none was sent.</summary>
    public string MediaType => (Header("Content-Type") ?? "").Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>Scheme, host and port as the client wrote them, so that a document names the address that it was asked at.</summary>
    public string Origin => $"{(IsHttps ? Uri.UriSchemeHttps : Uri.UriSchemeHttp)}://{Header("Host")}";

    /// <summary>Nothing came with it that a plain question has no use for.</summary>
    public bool IsBare => Query.Length == 0 && Body.Length == 0;

    /// <summary>The parts of the path between slashes, decoded, from the first one on.</summary>
    public string Part(int index) => Uri.UnescapeDataString(Path.Split('/')[index + 1]);

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public static async Task<Incoming> ReadAsync(HttpContext http, CancellationToken cancellation)
    {
        // The raw target: a vendor's host gets neither a path that only decoding makes right nor an absolute URL meant for a proxy.
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2);
        var buffer = new byte[MaxBody + 1];
        var length = await http.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return new Incoming(
            http.Request.Method,
            target[0],
            target.ElementAtOrDefault(1) ?? "",
            http.Request.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value.ToArray()), StringComparer.OrdinalIgnoreCase),
            Encoding.UTF8.GetString(buffer, 0, Math.Min(length, MaxBody)),
            http.Request.IsHttps,
            length > MaxBody,
            http.Connection.ClientCertificate);
    }
}
