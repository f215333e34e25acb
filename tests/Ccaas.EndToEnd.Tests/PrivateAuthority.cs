using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ccaas.EndToEnd.Tests;

/// <summary>A certificate authority in memory, for the server of a test and for its clients.</summary>
internal sealed class PrivateAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2 _certificate;

    // Whoever meets these certificates judges them by the real clock.
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    public PrivateAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _certificate = request.CreateSelfSigned(_now.AddDays(-2), _now.AddDays(2));
        Pem = _certificate.ExportCertificatePem();
    }

    public string Pem { get; }

    public CertificateWithKey IssueServer()
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        return Issue("test server", ServerAuthentication, names.Build());
    }

    public CertificateWithKey IssueClient(string name, string? host = null)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host ?? name);
        return Issue(name, ClientAuthentication, host is null ? [] : [names.Build()]);
    }

    public void Dispose() => _certificate.Dispose();

    private CertificateWithKey Issue(string name, string usage, params X509Extension[] extensions)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, false));
        foreach (var extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        using var certificate = request.Create(_certificate, _now.AddDays(-1), _now.AddDays(1), RandomNumberGenerator.GetBytes(16));
        return new CertificateWithKey(
            certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem(),
                Base64Url.EncodeToString(certificate.GetCertHash(HashAlgorithmName.SHA256)));
    }
}

/// <summary>What a server or a client shows, and proves that it may show.</summary>
internal sealed class CertificateWithKey(string pem, string keyPem, string thumbprint)
{
    public string Pem => pem;

    /// <summary>PKCS #8.</summary>
    public string KeyPem => keyPem;

    /// <summary>SHA-256 in base64url, as a token names the certificate that it is bound to.</summary>
    public string Thumbprint => thumbprint;
}
