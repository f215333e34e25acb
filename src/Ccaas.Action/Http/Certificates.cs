namespace Ccaas.Action.Http;

/// <summary>
/// Further rules for a chain with a trusted root, as OpenSSL's security level 2 and curl have them: 112 bits, and names as in RFC
/// 9525 §2. .NET does not check them.
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
    /// <param name="host">The host name.</param>
    /// <returns>Why it is too weak, following "the certificate"; null when it is not.</returns>
    public static string? Weakness(X509Chain chain, string host)
    {
        var certificates = chain.ChainElements.Select(element => element.Certificate).ToList();
        if (certificates is [var server, ..] && !Names(server, host))
        {
            return "names no host where names must stand (subjectAltName)";
        }

        // A root is trusted by itself, whatever its signature is.
        var signed = certificates.SkipLast(1).Select(certificate => certificate.SignatureAlgorithm.Value);
        return signed.Select(algorithm => BrokenSignatures.GetValueOrDefault(algorithm ?? ""))
            .FirstOrDefault(name => name is not null) is { } broken
            ? $"is signed with {broken}, or one above it is"
            : certificates.Select(ShortKey).FirstOrDefault(key => key is not null);
    }

    // Without this extension, .NET accepts the subject's common name.
    private static bool Names(X509Certificate2 server, string host) =>
        server.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .Any(names => IPAddress.TryParse(host, out _) ? names.EnumerateIPAddresses().Any() : names.EnumerateDnsNames().Any());

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
    /// <param name="authorities">PEM text of certificate authorities; null: only the system's.</param>
    public static X509ChainPolicy SystemAnd(string? authorities)
    {
        var policy = new X509ChainPolicy
        {
            // The default of HttpClient: runners often cannot download revocation lists.
            RevocationMode = X509RevocationMode.NoCheck,
            // An untrusted certificate would choose the address, over plain http: docs/decisions/0020.
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

/// <summary>The client certificate, for mutual TLS.</summary>
internal static class ClientIdentity
{
    public static SslStreamCertificateContext Of(ClientCertificate certificate)
    {
        using var fromPem = X509Certificate2.CreateFromPem(certificate.CertificatePem, certificate.Key.Reveal());
        // Through PKCS #12: TLS on Windows needs an imported key.
        var own = X509CertificateLoader.LoadPkcs12(fromPem.Export(X509ContentType.Pkcs12), null);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificate.CertificatePem);
        // Offline: the chain is in the PEM text, and is not downloaded.
        return SslStreamCertificateContext.Create(own, chain, offline: true);
    }
}

/// <summary>Records why a server's certificate was refused, for the message. It never accepts an invalid one.</summary>
internal sealed class TlsObservation
{
    /// <summary>The issuer named in the refused certificate; null when none was refused.</summary>
    public string? Issuer { get; private set; }

    public SslPolicyErrors Errors { get; private set; }

    /// <summary>A certificate of the chain has expired or is not valid yet.</summary>
    public bool IsOutOfTime { get; private set; }

    /// <summary>The host whose certificate was accepted last; null: none.</summary>
    public string? AcceptedHost { get; private set; }

    /// <summary>Why a certificate of a trusted authority was refused; null when there is another reason.</summary>
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

/// <summary>
/// OpenSSL, which .NET loads on Linux for TLS, certificates and private keys. Where it is missing, .NET aborts the process.
/// </summary>
internal static class OpenSslLibrary
{
    /// <summary>The names that .NET tries, in its order.</summary>
    private static readonly string[] Names = ["libssl.so.3", "libssl.so.1.1", "libssl.so.1.0.2", "libssl.so.1.0.0", "libssl.so.10"];

    /// <summary>Loads it. It stays loaded, so that .NET finds it.</summary>
    /// <exception cref="FailureException">It cannot be loaded.</exception>
    public static void Load()
    {
        if (OperatingSystem.IsLinux() && !Array.Exists(Names, name => NativeLibrary.TryLoad(name, out _)))
        {
            throw new FailureException(ExitCode.Network, "OpenSSL is missing",
                $"OpenSSL could not be loaded ({Names[0]} or {Names[1]}); without it there is no TLS.",
                "it is not installed on this machine or in this container, or LD_LIBRARY_PATH leads to a file that is no library.",
                "install it (package libssl3 on Debian and Ubuntu, libssl3t64 on newer ones, openssl-libs on Fedora and Red Hat); "
                    + "nothing was sent.",
                "openssl-is-missing");
        }
    }
}
