using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ccaas.Sandbox.OAuth;

/// <summary>A client's public key, and the three algorithms of RFC 7518 section 3.1 that it may verify.</summary>
internal sealed class ClientKey
{
    // RFC 7518 section 3.3.
    private const int LeastRsaBits = 2048;

    private readonly PublicKey _key;

    private ClientKey(PublicKey key) => _key = key;

    /// <exception cref="ArgumentException">The text is no such key.</exception>
    public static ClientKey Read(string pem)
    {
        try
        {
            var found = PemEncoding.Find(pem);
            var key = PublicKey.CreateFromSubjectPublicKeyInfo(Convert.FromBase64String(pem[found.Base64Data]), out _);
            using var rsa = key.GetRSAPublicKey();
            using var ec = key.GetECDsaPublicKey();
            if (pem[found.Label] == "PUBLIC KEY" && (rsa?.KeySize >= LeastRsaBits || ec?.KeySize == 256))
            {
                return new ClientKey(key);
            }
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // Said below, in words that somebody who gave the key understands.
        }

        throw new ArgumentException(
            "a client's public key must be a PUBLIC KEY as PEM: RSA of 2048 bits or more, or EC on P-256", nameof(pem));
    }

    /// <summary>False too for an algorithm that is not known, or not one of this kind of key.</summary>
    public bool HasSigned(string? algorithm, byte[] data, byte[] signature)
    {
        using var rsa = _key.GetRSAPublicKey();
        using var ec = _key.GetECDsaPublicKey();
        return algorithm switch
        {
            "RS256" => rsa?.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) == true,
            "PS256" => rsa?.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss) == true,
            // RFC 7518 section 3.4 wants the two numbers side by side, which is what this expects unless told otherwise.
            "ES256" => ec?.VerifyData(data, signature, HashAlgorithmName.SHA256) == true,
            _ => false,
        };
    }
}
