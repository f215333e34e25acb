using Org.BouncyCastle.Crypto.Digests;

namespace Ccaas.Action.Core;

/// <summary>
/// SHA-256 (FIPS 180-4) without OpenSSL, whose loading takes a third of a run (docs/decisions/0016-managed-cryptography.md).
/// </summary>
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

/// <summary>
/// A short name for a list of texts: the first 128 bits of their SHA-256 digest, in hex. For names of files and the like; no
/// secret goes in.
/// </summary>
internal static class Digest
{
    public static string Of(IEnumerable<string> texts) => Convert.ToHexStringLower(Sha256.Hash(JoinedTexts.Of(texts)).AsSpan(0, 16));
}

/// <summary>Several texts as one: each with its length in UTF-8 and a colon before it, so that no two lists read the same.</summary>
internal static class JoinedTexts
{
    public static byte[] Of(IEnumerable<string> texts) =>
        Encoding.UTF8.GetBytes(string.Concat(texts.Select(text => $"{Encoding.UTF8.GetByteCount(text)}:{text}")));
}
