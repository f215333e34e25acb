using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ccaas.Sandbox.Tls;

/// <summary>A certificate authority that exists in memory for as long as one sandbox, and what it issues.</summary>
internal sealed class SandboxCertificates : IDisposable
{
    private const string ServerPurpose = "1.3.6.1.5.5.7.3.1";
    private const string ClientPurpose = "1.3.6.1.5.5.7.3.2";
    private const string CommonName = "2.5.4.3";

    private readonly X509Certificate2 _authority;

    private SandboxCertificates(X509Certificate2 authority, X509Certificate2 server)
    {
        _authority = authority;
        Server = server;
        AuthorityPem = authority.ExportCertificatePem() + "\n";
    }

    public X509Certificate2 Server { get; }

    public string AuthorityPem { get; }

    public static SandboxCertificates Create(IPAddress host, bool wrongHost, bool expired)
    {
        var now = Now;
        var authority = CreateAuthority(now);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (from, to) = expired ? (now.AddDays(-30), now.AddDays(-1)) : (now.AddHours(-1), now.AddDays(30));
        var names = wrongHost ? NamesOfAnother() : NamesOf(host);
        using var certificate = Issue(authority, new X500DistinguishedName("CN=ccaas sandbox"), key, ServerPurpose, names, from, to);
        using var withKey = certificate.CopyWithPrivateKey(key);
        // Through PKCS #12, because TLS on Windows refuses a key that was never imported.
        return new SandboxCertificates(authority, X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null));
    }

    public SandboxClientCertificate IssueClient(string commonName)
    {
        // Built and not parsed: a client id may hold a comma or an equals sign.
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(commonName);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Issue(_authority, subject.Build(), key, ClientPurpose, null, Now.AddHours(-1), Now.AddDays(30));
        return new SandboxClientCertificate(certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    /// <summary>The name in a client certificate of this sandbox; null for any other certificate.</summary>
    public string? FindClientName(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientPurpose));
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(certificate) && certificate.SubjectName.EnumerateRelativeDistinguishedNames().ToList() is [var only]
            && !only.HasMultipleElements && only.GetSingleElementType().Value == CommonName
                ? only.GetSingleElementValue()
                : null;
    }

    public void Dispose()
    {
        Server.Dispose();
        _authority.Dispose();
    }

    // Clients check certificates with the real clock, so they are made with the real clock.
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static X509Certificate2 Issue(
        X509Certificate2 authority,
        X500DistinguishedName subject,
        ECDsa key,
        string purpose,
        X509Extension? names,
        DateTimeOffset from,
        DateTimeOffset to)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        if (names is not null)
        {
            request.CertificateExtensions.Add(names);
        }

        return request.Create(authority, from, to, RandomNumberGenerator.GetBytes(16));
    }

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
