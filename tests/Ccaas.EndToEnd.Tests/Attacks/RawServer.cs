using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Ccaas.EndToEnd.Tests.Attacks;

/// <summary>What a server does with one connection.</summary>
internal delegate Task Behavior(Wire wire);

/// <summary>A server on loopback that speaks bytes and knows no protocol: each connection gets the behavior that it was given.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    /// <summary>However wrong a test goes, its server is gone after this.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new(Longest);
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly ConcurrentQueue<string> _requests = [];
    private readonly Task _accepting;
    private int _accepted;

    public RawServer(Behavior behavior)
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(behavior);
    }

    public int Port { get; }

    /// <summary>Connections accepted so far.</summary>
    public int Connections => _accepted;

    /// <summary>What was read of the requests, in the order of their end.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _accepting; // Before the listener is disposed of: accepting again would then throw InvalidOperationException.
        _listener.Dispose();
        await Task.WhenAll(_connections);
        _end.Dispose();
    }

    private async Task AcceptAsync(Behavior behavior)
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_end.Token);
                Interlocked.Increment(ref _accepted);
                _connections.Add(ServeAsync(socket, behavior));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket, Behavior behavior)
    {
        using var wire = new Wire(socket, _requests, _end.Token);
        try
        {
            await behavior(wire);
            await wire.CloseAsync();
        }
#pragma warning disable CA1031 // The client has gone, or the test is over: the client's result counts.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
