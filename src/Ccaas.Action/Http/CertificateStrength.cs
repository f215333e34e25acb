using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Ccaas.Action.Http;

/// <summary>
/// What a chain that leads to a trusted root must be besides, as OpenSSL's security level 2 and curl demand: 112 bits, and
/// names where RFC 9525 §2 looks for them. .NET does not ask.
/// </summary>
internal static class CertificateStrength
{
    private const int ShortestRsa = 2048;
    private const int ShortestCurve = 224;

    private static readonly Dictionary<string, string> BrokenSignatures = new(StringComparer.Ordinal)
    {
        ["1.2.840.113549.1.1.2"] = "MD2",
        ["1.2.840.113549.1.1.3"] = "MD4",
        ["1.2.840.113549.1.1.4"] = "MD5",
        ["1.2.840.113549.1.1.5"] = "SHA-1",
        ["1.3.14.3.2.29"] = "SHA-1",
        ["1.2.840.10040.4.3"] = "SHA-1",
        ["1.2.840.10045.4.1"] = "SHA-1",
    };

    /// <param name="chain">From the server's certificate to the root.</param>
    /// <param name="host">Whom the certificate is for.</param>
    /// <returns>Why it is too weak, after "the certificate …"; null when it is not.</returns>
    public static string? Weakness(X509Chain chain, string host)
    {
        var certificates = chain.ChainElements.Select(element => element.Certificate).ToList();
        if (certificates is [var server, ..] && !Names(server, host))
        {
            return "names no host where names must stand (subjectAltName)";
        }

        // The root is trusted for what it is, and not for its own signature.
        var signed = certificates.SkipLast(1).Select(certificate => certificate.SignatureAlgorithm.Value);
        return signed.Select(algorithm => BrokenSignatures.GetValueOrDefault(algorithm ?? "")).FirstOrDefault(name => name is not null) is { } broken
            ? $"is signed with {broken}, or one above it is"
            : certificates.Select(ShortKey).FirstOrDefault(key => key is not null);
    }

    // Where there is none, .NET looks into the subject's common name.
    private static bool Names(X509Certificate2 server, string host) =>
        server.Extensions.OfType<X509SubjectAlternativeNameExtension>().Any(names => IPAddress.TryParse(host, out _) ? names.EnumerateIPAddresses().Any() : names.EnumerateDnsNames().Any());

    private static string? ShortKey(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        using var curve = rsa is null ? certificate.GetECDsaPublicKey() : null;
        return (rsa, curve) switch
        {
            ({ KeySize: < ShortestRsa and var bits }, _) => $"has an RSA key of {bits} bits, or one above it has",
            (_, { KeySize: < ShortestCurve and var bits }) => $"has a key of {bits} bits, or one above it has",
            _ => null,
        };
    }
}
