using System.Net;
using Ccaas.Sandbox.Control;
using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;
using Ccaas.Sandbox.Tls;
using Microsoft.AspNetCore.Builder;

namespace Ccaas.Sandbox;

/// <summary>A server that behaves like the vendors' token and API hosts, faults included, and records every request.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    // Longer than any response takes after the faults were canceled.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private readonly RequestLog _log = new();
    private readonly SandboxCertificates _certificates;
    private WebApplication? _app;
    private IssuedTokens? _tokens;

    private SandboxServer(SandboxCertificates certificates) => _certificates = certificates;

    public Uri HttpAddress { get; private set; } = null!;

    public Uri HttpsAddress { get; private set; } = null!;

    /// <summary>The certificate authority that <see cref="HttpsAddress"/> is signed by.</summary>
    public string CertificateAuthorityPem => _certificates.AuthorityPem;

    /// <summary>The content of the secret stores.</summary>
    public SandboxSecrets Secrets { get; private set; } = null!;

    /// <summary>The faults of the next requests.</summary>
    public FaultSchedule Faults { get; } = new();

    /// <summary>Every request since the start, or since they were cleared, in order of arrival. A copy.</summary>
    public IReadOnlyList<SandboxRequest> Requests => _log.Snapshot();

    /// <exception cref="ArgumentException">
    /// The host is not an IP address, the token lifetime is not positive, or a client's public key is none.
    /// </exception>
    /// <exception cref="IOException">A port is taken.</exception>
    public static async Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.TokenLifetime);
        if (!IPAddress.TryParse(options.Host, out var host))
        {
            throw new ArgumentException($"'{options.Host}' is not an IP address", nameof(options));
        }

        foreach (var pem in options.Clients.Select(client => client.PublicKeyPem).OfType<string>())
        {
            // Read here only so that a wrong key is reported at the start.
            _ = ClientKey.Read(pem);
        }

        var server = new SandboxServer(SandboxCertificates.Create(host, options.WrongHostCertificate, options.ExpiredCertificate));
        try
        {
            await server.ListenAsync(host, options, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A certificate for <c>tls_client_auth</c> (RFC 8705), valid for 30 days, signed by the authority of this sandbox.</summary>
    /// <param name="commonName">The client's id.</param>
    public SandboxClientCertificate IssueClientCertificate(string commonName) => _certificates.IssueClient(commonName);

    /// <summary>Whether the token was issued here, has not expired and was not revoked.</summary>
    public bool IsTokenValid(string token) => _tokens?.Find(token) is { Expired: false };

    public void ClearRequests() => _log.Clear();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_app is not null)
        {
            using var patience = new CancellationTokenSource(StopTimeout);
            await _app.StopAsync(patience.Token);
            await _app.DisposeAsync();
            _app = null;
        }

        _certificates.Dispose();
    }

    private async Task ListenAsync(IPAddress host, SandboxOptions options, CancellationToken cancellationToken)
    {
        var state = new SandboxState(options, _certificates);
        _tokens = state.Tokens;
        Secrets = state.Secrets;
        var vendors = new EndpointTable(Vendors.All.SelectMany(vendor => vendor.Endpoints(state)));
        var control = options.Control ? new EndpointTable(ControlEndpoints.Create(Faults, _log)) : null;
        var handler = new RequestHandler(vendors, control, Faults, _log, options.TimeProvider, _stopping.Token);
        _app = await Listener.StartAsync(
            host, options.HttpPort, options.HttpsPort, _certificates.Server, handler.HandleAsync, cancellationToken);

        // A client cannot connect to "any address", but a server that listens on it also listens on loopback.
        var reachable = host.Equals(IPAddress.Any) ? IPAddress.Loopback : host.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : host;
        foreach (var address in _app.Urls.Select(url => new UriBuilder(url) { Host = reachable.ToString() }.Uri))
        {
            if (address.Scheme == Uri.UriSchemeHttps)
            {
                HttpsAddress = address;
            }
            else
            {
                HttpAddress = address;
            }
        }
    }
}
