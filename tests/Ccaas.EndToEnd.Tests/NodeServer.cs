using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ccaas.EndToEnd.Tests;

/// <summary>An authorization server on Node, for as long as one test.</summary>
internal sealed class NodeServer : IAsyncDisposable
{
    private const string Packages = "tests/Ccaas.EndToEnd.Tests/AuthorizationServer";
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly Process _process;
    private readonly Task<string> _error;

    private NodeServer(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Where it is, as the script says it.</summary>
    public JsonElement Addresses { get; private set; }

    /// <returns>The reason to skip, or null.</returns>
    public static string? Need() => Needs.Program("node", "nodejs") ?? Needs.Required(
        new[] { "oidc-provider", "@node-oauth" }.All(package => Directory.Exists(Path.Combine(Folder(), "node_modules", package)))
            ? null
            : $"needs its packages: npm ci --prefix {Packages}");

    /// <param name="script">Without its extension.</param>
    /// <param name="setup">What the script reads first.</param>
    public static async Task<NodeServer> StartAsync(string script, JsonObject setup)
    {
        // Not a ChildProcess: that one's streams are read when it has ended.
        var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(Folder(), $"{script}.mjs")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var server = new NodeServer(process);
        try
        {
            await process.StandardInput.WriteLineAsync(setup.ToJsonString());
            await process.StandardInput.FlushAsync();
            using var limit = new CancellationTokenSource(LongestStart);
            var ready = await process.StandardOutput.ReadLineAsync(limit.Token)
                ?? throw new InvalidOperationException($"The authorization server did not start:\n{await server._error}");
            server.Addresses = JsonSerializer.Deserialize<JsonElement>(ready);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <returns>The body of a success.</returns>
    public async Task<string> SendAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request, CancellationToken.None);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{request.RequestUri}: {(int)response.StatusCode} {body}");
        return body;
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    // In the source, because that is where npm puts the packages.
    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "AuthorizationServer");
}
