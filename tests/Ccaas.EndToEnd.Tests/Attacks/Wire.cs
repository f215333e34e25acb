using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Ccaas.EndToEnd.Tests.Attacks;

/// <summary>The server's end of one connection. Text goes out as Latin-1, so that every byte can be written down.</summary>
internal sealed partial class Wire(Socket socket, ConcurrentQueue<string> requests, CancellationToken end) : IDisposable
{
    /// <summary>How long a closed connection waits for the client to close its side as well.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(1);

    private Stream _stream = new NetworkStream(socket, ownsSocket: true);
    private bool _isPeeked;

    /// <summary>The server's.</summary>
    public int Port { get; } = ((IPEndPoint)socket.LocalEndPoint!).Port;

    /// <summary>What was read last.</summary>
    public string LastRequest { get; private set; } = "";

    /// <summary>Reads one request, body included.</summary>
    /// <returns>Its request line; empty when the client has said nothing.</returns>
    public async Task<string> ReadRequestAsync()
    {
        if (_isPeeked)
        {
            _isPeeked = false;
            return LastRequest.Split('\r')[0];
        }

        var text = new StringBuilder();
        var buffer = new byte[8192];
        int read;
        while (!IsWhole(text.ToString()) && (read = await _stream.ReadAsync(buffer, end)) > 0)
        {
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        LastRequest = text.ToString();
        requests.Enqueue(LastRequest);
        return LastRequest.Split('\r')[0];
    }

    /// <summary>The same, and whoever reads next gets it once more.</summary>
    public async Task<string> PeekRequestAsync()
    {
        var line = await ReadRequestAsync();
        _isPeeked = true;
        return line;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes, end);

    /// <summary>The same again and again, until the client has had enough.</summary>
    public async Task SendForeverAsync(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        while (true)
        {
            await SendAsync(bytes);
        }
    }

    /// <summary>A byte, a wait, a byte, a wait, …</summary>
    public async Task DripAsync(string text, TimeSpan pause)
    {
        foreach (var letter in text)
        {
            await SendAsync(letter.ToString());
            await Task.Delay(pause, end);
        }
    }

    /// <summary>Silence until the client closes the connection.</summary>
    public async Task HangAsync()
    {
        var buffer = new byte[8192];
        while (await _stream.ReadAsync(buffer, end) > 0)
        {
            // Whatever it still says.
        }
    }

    /// <summary>From here on within TLS.</summary>
    public async Task HandshakeAsync(SslServerAuthenticationOptions options)
    {
        var tls = new SslStream(_stream);
        _stream = tls;
        await tls.AuthenticateAsServerAsync(options, end);
    }

    /// <summary>Asks the client for a certificate after the request.</summary>
    public Task RenegotiateAsync() => ((SslStream)_stream).NegotiateClientCertificateAsync(end);

    /// <summary>Goes between the client and another server, and breaks off after so many bytes of the server's.</summary>
    public async Task RelayAsync(int port, int most)
    {
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, port, end);
        var far = server.GetStream();
        var asking = _stream.CopyToAsync(far, end);
        var buffer = new byte[most];
        var read = await far.ReadAtLeastAsync(buffer, most, throwOnEndOfStream: false, end);
        await SendAsync(buffer.AsMemory(0, read));
        await CloseAsync();
        server.Close();
        await asking;
    }

    /// <summary>The end of this side, by the rules, and then of the other.</summary>
    public async Task CloseAsync()
    {
        await _stream.FlushAsync(end);
        socket.Shutdown(SocketShutdown.Send);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(end);
        limit.CancelAfter(Drain);
        // Closing a socket that holds unread bytes would be a reset, which takes back what was sent.
        var buffer = new byte[8192];
        while (await socket.ReceiveAsync(buffer, limit.Token) > 0)
        {
            // Whatever it still says.
        }
    }

    /// <summary>Breaks the connection off with a RST.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    public void Dispose() => _stream.Dispose();

    private static bool IsWhole(string request)
    {
        var head = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return head >= 0
            && request.Length - (head + 4) >= int.Parse(ContentLength().Match(request) is { Success: true } match
            ? match.Groups[1].Value
            : "0", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("^Content-Length: *([0-9]+)", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex ContentLength();
}
