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

/// <summary>Trust in the system's roots plus those given.</summary>
internal static class CertificateTrust
{
    /// <param name="authorities">PEM text of certificate authorities; null: the system's alone.</param>
    public static X509ChainPolicy SystemAnd(string? authorities)
    {
        var policy = new X509ChainPolicy
        {
            // As HttpClient has it by default: revocation lists are often out of a runner's reach.
            RevocationMode = X509RevocationMode.NoCheck,
            // A certificate that nobody trusts yet names the address, over plain http: docs/decisions/0020.
            DisableCertificateDownloads = true,
        };
        if (authorities is null)
        {
            return policy;
        }

        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        using var system = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
        policy.CustomTrustStore.AddRange(system.Certificates);
        policy.CustomTrustStore.ImportFromPem(authorities);
        return policy;
    }
}

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

/// <summary>Remembers why a server's certificate was refused, so that a message can name it. It never accepts one that is wrong.</summary>
internal sealed class TlsObservation
{
    /// <summary>Who signed the refused certificate, as it says itself; null when none was refused.</summary>
    public string? Issuer { get; private set; }

    public SslPolicyErrors Errors { get; private set; }

    /// <summary>A certificate of the chain is outside its time.</summary>
    public bool IsOutOfTime { get; private set; }

    /// <summary>The host whose certificate was accepted last; null: none was.</summary>
    public string? AcceptedHost { get; private set; }

    /// <summary>Why a certificate whose authority is trusted was refused all the same; null when that was not the reason.</summary>
    public string? Weakness { get; private set; }

    public bool Validate(object connection, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None && chain is not null)
        {
            var host = (connection as SslStream)?.TargetHostName ?? "";
            Weakness = CertificateStrength.Weakness(chain, host);
            AcceptedHost = Weakness is null ? host : AcceptedHost;
            return Weakness is null;
        }

        Errors = errors;
        Issuer = certificate?.Issuer;
        IsOutOfTime = chain?.ChainStatus.Any(status => status.Status.HasFlag(X509ChainStatusFlags.NotTimeValid)) ?? false;
        return false;
    }
}
