using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Claims;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Ccaas.EndToEnd.Tests.OpenIddict;

/// <summary>
/// OpenIddict in memory, over TLS on loopback: the issuer at one port, mutual TLS at another of the same name, as servers have it
/// that cannot ask for a certificate on some of their paths alone. Both ports share the keys of their TLS sessions, as those of
/// one server do and those behind one load balancer.
/// </summary>
internal sealed class OpenIddictServer : IAsyncDisposable
{
    public const string Secret = "s3cr3t+of/the=nightly%build";

    /// <summary>OpenIddict knows a client by a name of its certificate that is the host of a redirect URI.</summary>
    private const string Host = "build.example";

    private readonly WebApplication _app;
    private readonly PrivateAuthority _authority;

    private OpenIddictServer(WebApplication app, PrivateAuthority authority, CertificateWithKey client, string issuer) =>
        (_app, _authority, Certificate, Issuer) = (app, authority, client, issuer);

    public string Issuer { get; }

    public string AuthorityPem => _authority.Pem;

    /// <summary>A client with a secret, one with a signing key and one with a certificate of its own.</summary>
    public SigningKey Key { get; } = SigningKey.For("ES256");

    public CertificateWithKey Certificate { get; }

    /// <param name="protocol">The only version of TLS; none: whatever the client prefers.</param>
    public static async Task<OpenIddictServer> StartAsync(SslProtocols protocol = SslProtocols.None)
    {
        var authority = new PrivateAuthority("authority of the test");
        var server = authority.IssueServer();
        using var pem = X509Certificate2.CreateFromPem(server.Pem, server.KeyPem);
        var certificate = SslStreamCertificateContext.Create(
            X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null), null, offline: true);
        var client = authority.IssueClient("build", Host);
        var (port, mutual) = (FreePort(), FreePort());
        // By a name, because TLS sessions belong to one: there is no server_name for an address (RFC 6066 section 3).
        var issuer = $"https://localhost:{port}/";

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.UseHttps(Tls(certificate, protocol, asksForCertificate: false)));
            kestrel.Listen(IPAddress.Loopback, mutual, listen => listen.UseHttps(Tls(certificate, protocol, asksForCertificate: true)));
        });
        builder.Services.AddDbContext<DbContext>(options => options.UseInMemoryDatabase($"server-{port}").UseOpenIddict());
        builder.Services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<DbContext>())
            .AddServer(options =>
            {
                options.SetIssuer(new Uri(issuer));
                options.SetTokenEndpointUris("connect/token").SetIntrospectionEndpointUris("connect/introspect")
                    .SetRevocationEndpointUris("connect/revoke");
                options.SetMtlsTokenEndpointAliasUri($"https://localhost:{mutual}/connect/token");
                options.SetMtlsIntrospectionEndpointAliasUri($"https://localhost:{mutual}/connect/introspect");
                options.SetMtlsRevocationEndpointAliasUri($"https://localhost:{mutual}/connect/revoke");
                options.EnablePublicKeyInfrastructureTlsClientAuthentication([X509Certificate2.CreateFromPem(authority.Pem)]);
                options.AllowClientCredentialsFlow();
                options.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
                // A token that is looked up can be revoked.
                options.UseReferenceAccessTokens();
                options.UseAspNetCore().EnableTokenEndpointPassthrough();
            });
        var app = builder.Build();
        app.MapPost("/connect/token", (HttpContext http) =>
        {
            var identity = new ClaimsIdentity("test", Claims.Name, Claims.Role);
            identity.SetClaim(Claims.Subject, http.GetOpenIddictServerRequest()!.ClientId);
            return Results.SignIn(new ClaimsPrincipal(identity),
                authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        });
        await app.StartAsync();

        var started = new OpenIddictServer(app, authority, client, issuer);
        await started.RegisterAsync("with-a-secret", Secret, null);
        await started.RegisterAsync("with-a-key", null, started.Key.PublicJwk("key-1").ToJsonString());
        // A confidential client must have one; it is never sent.
        await started.RegisterAsync("with-a-certificate", Guid.NewGuid().ToString(), null);
        return started;
    }

    /// <summary>RFC 7662, asked by the client with the secret.</summary>
    public async Task<bool> IsActiveAsync(string token)
    {
        using var handler =
            new HttpClientHandler
            {
                ServerCertificateCustomValidationCallback =
            HttpClientHandler.DangerousAcceptAnyServerCertificateValidator
            };
        using var http = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Issuer}connect/introspect")
        {
            Content = new FormUrlEncodedContent([new("token", token), new("client_id", "with-a-secret"), new("client_secret", Secret)]),
        };
        using var response = await http.SendAsync(request, CancellationToken.None);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!["active"]!.GetValue<bool>();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _authority.Dispose();
    }

    private async Task RegisterAsync(string clientId, string? secret, string? jwk)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = clientId,
            ClientSecret = secret,
            ClientType = ClientTypes.Confidential,
            RedirectUris = { new Uri($"https://{Host}/") },
            Permissions =
                { Permissions.Endpoints.Token, Permissions.Endpoints.Introspection, Permissions.Endpoints.Revocation,
                Permissions.GrantTypes.ClientCredentials },
        };
        if (jwk is not null)
        {
            descriptor.JsonWebKeySet = new JsonWebKeySet($$"""{"keys":[{{jwk}}]}""");
        }

        await applications.CreateAsync(descriptor);
    }

    private static TlsHandshakeCallbackOptions Tls(SslStreamCertificateContext certificate, SslProtocols protocol,
        bool asksForCertificate) => new()
        {
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = certificate,
                EnabledSslProtocols = protocol,
                ClientCertificateRequired = asksForCertificate,
                // Whose it is, OpenIddict judges.
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null || !asksForCertificate,
            }),
        };

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
