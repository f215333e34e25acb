using System.Security.Cryptography.X509Certificates;

namespace Ccaas.Action.Http;

/// <summary>Trust in the system's roots plus those given.</summary>
internal static class CertificateTrust
{
    /// <param name="authorities">PEM texts of certificate authorities.</param>
    public static X509ChainPolicy SystemAnd(IEnumerable<string> authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            // As HttpClient has it by default: revocation lists are often out of a runner's reach.
            RevocationMode = X509RevocationMode.NoCheck,
        };

        using var system = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
        policy.CustomTrustStore.AddRange(system.Certificates);
        foreach (var pem in authorities)
        {
            policy.CustomTrustStore.ImportFromPem(pem);
        }

        return policy;
    }
}
