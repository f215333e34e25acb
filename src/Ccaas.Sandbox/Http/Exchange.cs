using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Ccaas.Sandbox.Http;

/// <summary>The wire under one request: what a fault may do with it.</summary>
internal sealed class Exchange(HttpContext http, Func<Response> response, RequestLog.Entry entry, TimeProvider clock, CancellationToken ended)
{
    public TimeProvider Clock => clock;

    /// <summary>The client has hung up, or the sandbox stops.</summary>
    public CancellationToken Ended => ended;

    /// <summary>The normal answer. Asking for it has its effects: it issues or revokes a token.</summary>
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
