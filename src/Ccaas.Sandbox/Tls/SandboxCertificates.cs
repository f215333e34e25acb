using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ccaas.Sandbox.Tls;

/// <summary>A certificate authority that exists in memory for as long as one sandbox, and the one certificate that it issues.</summary>
internal sealed class SandboxCertificates : IDisposable
{
    private SandboxCertificates(X509Certificate2 server, string authorityPem)
    {
        Server = server;
        AuthorityPem = authorityPem;
    }

    public X509Certificate2 Server { get; }

    public string AuthorityPem { get; }

    public static SandboxCertificates Create(IPAddress host, bool wrongHost, bool expired)
    {
        // Certificates are judged by the real clock of whoever connects, so they are made by the real clock too.
        var now = TimeProvider.System.GetUtcNow();
        using var authority = CreateAuthority(now);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=ccaas sandbox", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        request.CertificateExtensions.Add(wrongHost ? NamesOfAnother() : NamesOf(host));

        var (from, to) = expired ? (now.AddDays(-30), now.AddDays(-1)) : (now.AddHours(-1), now.AddDays(30));
        using var certificate = request.Create(authority, from, to, RandomNumberGenerator.GetBytes(16));
        using var withKey = certificate.CopyWithPrivateKey(key);
        // Through PKCS #12, because TLS on Windows refuses a key that was never imported.
        var server = X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
        return new SandboxCertificates(server, authority.ExportCertificatePem() + "\n");
    }

    public void Dispose() => Server.Dispose();

    private static X509Certificate2 CreateAuthority(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=ccaas sandbox certificate authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(now.AddDays(-60), now.AddDays(60));
    }

    private static X509Extension NamesOf(IPAddress host)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        foreach (var address in new HashSet<IPAddress> { IPAddress.Loopback, IPAddress.IPv6Loopback, host })
        {
            names.AddIpAddress(address);
        }

        return names.Build();
    }

    private static X509Extension NamesOfAnother()
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("another-host.invalid");
        return names.Build();
    }
}
