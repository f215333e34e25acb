using System.Security.Cryptography.X509Certificates;

namespace Ccaas.Action.Http;

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
