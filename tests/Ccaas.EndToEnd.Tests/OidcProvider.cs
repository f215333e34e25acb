using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ccaas.EndToEnd.Tests;

/// <summary>A certified authorization server on loopback, over http and https, which knows the clients it was started with.</summary>
internal sealed class OidcProvider : IAsyncDisposable
{
    private const string ResourceServerId = "resource-server";
    private const string ResourceServerSecret = "introspects-with-this";

    private readonly PrivateAuthority _authority;
    private readonly NodeServer _server;

    private OidcProvider(PrivateAuthority authority, NodeServer server) => (_authority, _server) = (authority, server);

    /// <summary>The issuer over http, as it names itself: without a slash at the end.</summary>
    public string Issuer => _server.Addresses.GetProperty("issuer").GetString()!;

    /// <summary>The issuer over https, which asks for a client certificate and takes none for an answer.</summary>
    public string SecureIssuer => _server.Addresses.GetProperty("secureIssuer").GetString()!;

    public string TokenUrl => $"{Issuer}/token";

    public string RevocationUrl => $"{Issuer}/token/revocation";

    /// <summary>Issued the certificate of the https address, and the only one whose client certificates are trusted.</summary>
    public PrivateAuthority Authority => _authority;

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
        return new OidcProvider(authority, await NodeServer.StartAsync("oidc-provider", setup));
    }

    /// <summary>Asks as a resource server does what a token is worth, RFC 7662.</summary>
    public async Task<OidcIntrospection> IntrospectAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Issuer}/token/introspection");
        request.Headers.Authorization =
            new AuthenticationHeaderValue("Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ResourceServerId}:{ResourceServerSecret}")));
        request.Content = new FormUrlEncodedContent([new("token", token)]);
        return OidcIntrospection.Read(await _server.SendAsync(request));
    }

    /// <summary>
    /// Every request so far, with the answer and what the server thinks but does not say: <c>POST /token 401: invalid_client,
    /// invalid secret provided</c>.
    /// </summary>
    public async Task<IReadOnlyList<string>> RequestsAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Issuer}/requests");
        return JsonSerializer.Deserialize<string[]>(await _server.SendAsync(request))!;
    }

    /// <summary>Those requests that carry credentials.</summary>
    public async Task<IReadOnlyList<string>> PostsAsync() =>
        [.. (await RequestsAsync()).Where(request => request.StartsWith("POST ", StringComparison.Ordinal))];

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _authority.Dispose();
    }
}
