using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ccaas.EndToEnd.Tests.Attacks;

/// <summary>A certificate for a server on loopback that is right but for what a test changes, and the authority that signed it.</summary>
internal sealed class OddCertificate
{
    // Whoever meets these certificates judges them by the real clock.
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly Lazy<(X509Certificate2 Server, string AuthorityPem)> _issued;

    public OddCertificate() => _issued = new(Issue);

    /// <summary>Null: none of the alternative names that are all that counts (RFC 9525 §6.3).</summary>
    public string? DnsName { get; init; } = "localhost";

    public int FromDay { get; init; } = -1;

    public int ToDay { get; init; } = 1;

    /// <summary>The purpose for which it may be used; that of servers where nothing else is given.</summary>
    public string Purpose { get; init; } = "1.3.6.1.5.5.7.3.1";

    public bool IsSelfSigned { get; init; }

    /// <summary>Where the issuer's certificate can be had (RFC 5280 §4.2.2.1); null: not told.</summary>
    public Uri? IssuerAddress { get; init; }

    public X509Certificate2 Server => _issued.Value.Server;

    public string AuthorityPem => _issued.Value.AuthorityPem;

    private (X509Certificate2 Server, string AuthorityPem) Issue()
    {
        using var authorityKey = RSA.Create(2048);
        var authority = new CertificateRequest("CN=odd authority", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authority.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(authority.PublicKey, false));
        using var root = authority.CreateSelfSigned(Now.AddDays(-60), Now.AddDays(60));

        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={DnsName ?? "127.0.0.1"}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Extend(request);
        using var certificate = IsSelfSigned
            ? request.CreateSelfSigned(Now.AddDays(FromDay), Now.AddDays(ToDay))
            : request.Create(root, Now.AddDays(FromDay), Now.AddDays(ToDay), RandomNumberGenerator.GetBytes(16)).CopyWithPrivateKey(key);
        return (X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null), root.ExportCertificatePem());
    }

    private void Extend(CertificateRequest request)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(Purpose)], false));
        if (DnsName is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(DnsName);
            if (DnsName == "localhost")
            {
                names.AddIpAddress(IPAddress.Loopback);
            }

            request.CertificateExtensions.Add(names.Build());
        }

        if (IssuerAddress is not null)
        {
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([], [IssuerAddress.AbsoluteUri]));
        }
    }
}
