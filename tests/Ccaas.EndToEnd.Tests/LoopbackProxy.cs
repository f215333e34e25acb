using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests;

/// <summary>What companies run: they differ in status codes, in when they close a connection, and in TLS to the proxy itself.</summary>
public enum ProxyKind
{
    Tinyproxy,
    Squid,
}

/// <summary>A real proxy on loopback, which logs whom it lets through.</summary>
internal sealed class LoopbackProxy : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ccaas-proxy-");
    private ChildProcess? _process;
    private int _asked;

    public int Port { get; } = FreePort();

    /// <summary>Where Squid speaks TLS, when it was given a certificate.</summary>
    public int TlsPort { get; } = FreePort();

    private string LogFile => File("log");

    /// <summary>Whether it has been asked to open a way to the server.</summary>
    public async Task<bool> LetThroughAsync(Uri server) =>
        (await LogAsync()).Contains($"CONNECT {server.Authority}", StringComparison.Ordinal);

    /// <summary>Whether a request for the server, whatever kind, has come by.</summary>
    public async Task<bool> HasSeenAsync(Uri server) => (await LogAsync()).Contains(server.Authority, StringComparison.Ordinal);

    /// <param name="kind">Which one.</param>
    /// <param name="password">User and password with a space in between; null: everybody may pass.</param>
    /// <param name="certificate">What Squid shows on <see cref="TlsPort"/>; null: it speaks no TLS.</param>
    public static async Task<LoopbackProxy> StartAsync(ProxyKind kind, string? password = null, CertificateWithKey? certificate = null)
    {
        var proxy = new LoopbackProxy();
        await System.IO.File.WriteAllTextAsync(proxy.LogFile, "");
        proxy._process = ChildProcess.Start(
            kind == ProxyKind.Squid ? proxy.Squid(password, certificate) : proxy.Tinyproxy(password), environment: null);
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Longest; await Task.Delay(20))
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, proxy.Port);
                return proxy;
            }
            catch (SocketException)
            {
                // Not yet.
            }
        }

        throw new TimeoutException($"{kind} did not start.");
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

    private ProcessStartInfo Tinyproxy(string? password)
    {
        System.IO.File.WriteAllText(File("conf"), $"""
            Port {Port}
            Listen 127.0.0.1
            Timeout 30
            LogFile "{LogFile}"
            LogLevel Info
            MaxClients 10
            Allow 127.0.0.1
            {(password is null ? "" : $"BasicAuth {password}")}
            """);
        return new ProcessStartInfo(Needs.Find("tinyproxy")!, ["-d", "-c", File("conf")]);
    }

    private ProcessStartInfo Squid(string? password, CertificateWithKey? certificate)
    {
        // Started by root, it goes on as a user of its own, which has to write the log.
        System.IO.File.SetUnixFileMode(_folder.FullName, (UnixFileMode)0b111_111_111);
        System.IO.File.SetUnixFileMode(LogFile, (UnixFileMode)0b110_110_110);
        // Squid passes each pair on a line, and expects a line in return.
        System.IO.File.WriteAllText(File("check"),
            $"while read -r pair; do if [ \"$pair\" = '{password}' ]; then echo OK; else echo ERR; fi; done\n");
        System.IO.File.WriteAllText(File("certificate"), $"{certificate?.Pem}\n");
        System.IO.File.WriteAllText(File("key"), $"{certificate?.KeyPem}\n");
        System.IO.File.WriteAllText(File("conf"), $"""
            http_port 127.0.0.1:{Port}
            {(certificate is null ? "" : $"https_port 127.0.0.1:{TlsPort} tls-cert={File("certificate")} tls-key={File("key")}")}
            {(password is null ? "" : $"auth_param basic program /bin/sh {File("check")}")}
            {(password is null ? "" : "acl allowed proxy_auth REQUIRED")}
            http_access allow {(password is null ? "all" : "allowed")}
            http_access deny all
            access_log stdio:{LogFile}
            cache_log {File("messages")}
            cache deny all
            coredump_dir none
            pid_filename none
            pinger_enable off
            shutdown_lifetime 0 seconds
            visible_hostname localhost
            """);
        return new ProcessStartInfo(Needs.Find("squid")!, ["-N", "-f", File("conf")]);
    }

    // Squid logs a connection when it ends. A request that comes later is logged later, so what is not there by then never was.
    private async Task<string> LogAsync()
    {
        var marker = $"marker-{(++_asked).ToString(CultureInfo.InvariantCulture)}-";
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, Port);
            // Port 1, where nothing listens.
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET http://127.0.0.1:1/{marker} HTTP/1.0\r\n\r\n"));
            using var limit = new CancellationTokenSource(Longest);
            await client.GetStream().CopyToAsync(Stream.Null, limit.Token);
        }

        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Longest; await Task.Delay(10))
        {
            if (await System.IO.File.ReadAllTextAsync(LogFile) is var log && log.Contains(marker, StringComparison.Ordinal))
            {
                return log;
            }
        }

        throw new TimeoutException("The proxy did not log a request.");
    }

    private string File(string name) => Path.Combine(_folder.FullName, name);
}
