using Org.BouncyCastle.Crypto.Digests;

namespace Ccaas.Action.Tokens;

/// <summary>SHA-256 (FIPS 180-4) without OpenSSL, whose loading takes a third of a run (docs/decisions/0016-managed-cryptography.md).</summary>
internal static class Sha256
{
    public static byte[] Hash(ReadOnlySpan<byte> data)
    {
        var digest = new Sha256Digest();
        digest.BlockUpdate(data);
        var hash = new byte[digest.GetDigestSize()];
        digest.DoFinal(hash, 0);
        return hash;
    }
}
