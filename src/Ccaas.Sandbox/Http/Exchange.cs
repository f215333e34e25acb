using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ccaas.Sandbox.Http;

/// <summary>The wire under one request: what a fault may do with it.</summary>
internal sealed class Exchange(HttpContext http, Func<Response> response, RequestLog.Entry entry, TimeProvider clock,
    CancellationToken ended)
{
    public TimeProvider Clock => clock;

    /// <summary>The client has hung up, or the sandbox stops.</summary>
    public CancellationToken Ended => ended;

    /// <summary>Makes the normal response, with its effects: it issues or revokes a token.</summary>
    public Response Respond() => response();

    public async Task SendAsync(Response toSend)
    {
        await StartAsync(toSend, toSend.Body.Length);
        if (toSend.Body.Length > 0)
        {
            await WriteAsync(toSend.Body);
        }
    }

    /// <summary>Sends the status line and the headers only. A null length means chunks.</summary>
    public async Task StartAsync(Response toSend, long? contentLength)
    {
        entry.Responded(toSend.Status);
        var response = http.Response;
        response.StatusCode = toSend.Status;
        response.ContentType = toSend.ContentType;
        // RFC 9110 section 8.6: no Content-Length where there cannot be content.
        response.ContentLength = toSend.Status is 204 or 304 ? null : contentLength;
        foreach (var (name, value) in toSend.Headers)
        {
            response.Headers[name] = value;
        }

        await response.StartAsync(ended);
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        await http.Response.Body.WriteAsync(bytes, ended);
        await http.Response.Body.FlushAsync(ended);
    }

    public void Abort()
    {
        // Lingering for zero seconds makes the kernel send RST instead of a polite FIN.
        if (http.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
        {
            socket.LingerState = new LingerOption(true, 0);
        }

        http.Abort();
    }
}

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

/// <summary>What is to be sent, before any fault has had its way with it.</summary>
internal sealed record Response(int Status, string? ContentType, byte[] Body)
{
    public IReadOnlyDictionary<string, string> Headers { get; private init; } = new Dictionary<string, string>();

    public static Response Empty(int status) => new(status, null, []);

    public static Response Json(int status, object value) =>
        new(status, "application/json", JsonSerializer.SerializeToUtf8Bytes(value, JsonSerializerOptions.Web));

    public Response With(string header, string value) =>
        this with { Headers = new Dictionary<string, string>(Headers) { [header] = value } };

    public Response With(IReadOnlyDictionary<string, string>? headers) =>
        headers is null ? this : headers.Aggregate(this, (response, header) => response.With(header.Key, header.Value));
}
