using System.Diagnostics;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ccaas.EndToEnd.Tests;

/// <summary>A certified authorization server on loopback, over http and https, which knows the clients it was started with.</summary>
internal sealed class OidcProvider : IAsyncDisposable
{
    private const string Packages = "tests/Ccaas.EndToEnd.Tests/AuthorizationServer";
    private const string ResourceServerId = "resource-server";
    private const string ResourceServerSecret = "introspects-with-this";
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly PrivateAuthority _authority;
    private readonly Process _process;
    private readonly Task<string> _error;

    private OidcProvider(PrivateAuthority authority, Process process)
    {
        _authority = authority;
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The issuer over http, as it names itself: without a slash at the end.</summary>
    public string Issuer { get; private set; } = "";

    /// <summary>The issuer over https, which asks for a client certificate and takes none for an answer.</summary>
    public string SecureIssuer { get; private set; } = "";

    public string TokenUrl => $"{Issuer}/token";

    public string RevocationUrl => $"{Issuer}/token/revocation";

    /// <summary>Issued the certificate of the https address, and the only one whose client certificates are trusted.</summary>
    public PrivateAuthority Authority => _authority;

    /// <returns>The reason to skip, or null.</returns>
    public static string? Need() => Needs.Program("node", "nodejs") ?? Needs.Required(
        Directory.Exists(Path.Combine(Folder(), "node_modules", "oidc-provider")) ? null : $"needs its packages: npm ci --prefix {Packages}");

    public static Task<OidcProvider> StartAsync(params JsonObject[] clients) => StartAsync(lost: 0, clients);

    /// <param name="lost">How many tokens are granted and then not transferred: the client is told 503.</param>
    /// <param name="clients">Metadata, see <see cref="OidcClient"/>.</param>
    public static async Task<OidcProvider> StartAsync(int lost, params JsonObject[] clients)
    {
        var authority = new PrivateAuthority("test authority");
        var certificate = authority.IssueServer();
        var setup = new JsonObject
        {
            ["clients"] = new JsonArray([.. clients, OidcClient.WithSecret(ResourceServerId, ResourceServerSecret)]),
            ["tls"] = new JsonObject { ["key"] = certificate.KeyPem, ["cert"] = certificate.Pem, ["ca"] = authority.Pem },
            ["lost"] = lost,
        };

        // Not a ChildProcess: that one's streams are read when it has ended.
        var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(Folder(), "server.mjs")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var server = new OidcProvider(authority, process);
        try
        {
            await process.StandardInput.WriteLineAsync(setup.ToJsonString());
            await process.StandardInput.FlushAsync();
            using var limit = new CancellationTokenSource(LongestStart);
            var ready = await process.StandardOutput.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException($"The authorization server did not start:\n{await server._error}");
            using var addresses = JsonDocument.Parse(ready);
            server.Issuer = addresses.RootElement.GetProperty("issuer").GetString()!;
            server.SecureIssuer = addresses.RootElement.GetProperty("secureIssuer").GetString()!;
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks as a resource server does what a token is worth, RFC 7662.</summary>
    public async Task<OidcIntrospection> IntrospectAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Issuer}/token/introspection");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ResourceServerId}:{ResourceServerSecret}")));
        request.Content = new FormUrlEncodedContent([new("token", token)]);
        return OidcIntrospection.Read(await SendAsync(request));
    }

    /// <summary>Every request so far, with the answer and what the server thinks but does not say: <c>POST /token 401: invalid_client, invalid secret provided</c>.</summary>
    public async Task<IReadOnlyList<string>> RequestsAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Issuer}/requests");
        return JsonSerializer.Deserialize<string[]>(await SendAsync(request))!;
    }

    /// <summary>Those requests that carry credentials.</summary>
    public async Task<IReadOnlyList<string>> PostsAsync() => [.. (await RequestsAsync()).Where(request => request.StartsWith("POST ", StringComparison.Ordinal))];

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        _http.Dispose();
        _authority.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string> SendAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request, CancellationToken.None);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{request.RequestUri}: {(int)response.StatusCode} {body}");
        return body;
    }

    // In the source, because that is where npm puts the packages.
    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "AuthorizationServer");
}
