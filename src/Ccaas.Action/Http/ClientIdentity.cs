using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Ccaas.Action.Requests;

namespace Ccaas.Action.Http;

/// <summary>The certificate that this side shows where a server asks for one, mutual TLS.</summary>
internal static class ClientIdentity
{
    public static SslStreamCertificateContext Of(ClientCertificate certificate)
    {
        using var fromPem = X509Certificate2.CreateFromPem(certificate.CertificatePem, certificate.Key.Reveal());
        // Through PKCS #12, because TLS on Windows refuses a key that was never imported.
        var own = X509CertificateLoader.LoadPkcs12(fromPem.Export(X509ContentType.Pkcs12), null);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificate.CertificatePem);
        // Offline: what leads to the authority is in the PEM text, and is not looked for on the network.
        return SslStreamCertificateContext.Create(own, chain, offline: true);
    }
}
