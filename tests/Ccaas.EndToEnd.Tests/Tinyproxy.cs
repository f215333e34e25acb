using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests;

/// <summary>A real proxy on loopback, which logs whom it lets through.</summary>
internal sealed class Tinyproxy : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ccaas-proxy-");
    private ChildProcess? _process;

    public int Port { get; } = FreePort();

    /// <summary>Whether it has been asked to open a way to the server.</summary>
    public bool LetThrough(Uri server) => File.ReadAllText(LogFile).Contains($"CONNECT {server.Authority}", StringComparison.Ordinal);

    /// <summary>Whether a request for the server, whatever kind, has come by.</summary>
    public bool HasSeen(Uri server) => File.ReadAllText(LogFile).Contains(server.Authority, StringComparison.Ordinal);

    private string LogFile => Path.Combine(_folder.FullName, "log");

    /// <param name="password">User and password with a space in between; null: everybody may pass.</param>
    public static async Task<Tinyproxy> StartAsync(string? password = null)
    {
        var proxy = new Tinyproxy();
        var configuration = Path.Combine(proxy._folder.FullName, "tinyproxy.conf");
        await File.WriteAllTextAsync(proxy.LogFile, "");
        await File.WriteAllTextAsync(configuration, $"""
            Port {proxy.Port}
            Listen 127.0.0.1
            Timeout 30
            LogFile "{proxy.LogFile}"
            LogLevel Info
            MaxClients 10
            Allow 127.0.0.1
            {(password is null ? "" : $"BasicAuth {password}")}
            """);
        proxy._process = ChildProcess.Start(new ProcessStartInfo("tinyproxy", ["-d", "-c", configuration]), environment: null);
        for (var i = 0; i < 250; i++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, proxy.Port);
                return proxy;
            }
            catch (SocketException)
            {
                await Task.Delay(20);
            }
        }

        throw new TimeoutException("The proxy did not start.");
    }

    public ValueTask DisposeAsync()
    {
        _process?.Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
