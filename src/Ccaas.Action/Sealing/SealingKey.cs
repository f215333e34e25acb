using System.Buffers.Text;
using Ccaas.Action.Foundation;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace Ccaas.Action.Sealing;

/// <summary>
/// A 256-bit key made out of secrets that both sides have, HKDF with SHA-256 (RFC 5869). What the key is for and whom it
/// belongs to goes in as well, so that a text sealed for one purpose or client opens for no other.
/// </summary>
internal sealed class SealingKey
{
    private const int Length = 32;
    private const int IdBytes = 9;

    /// <summary>Of the format and the derivation: what another version has sealed is told apart from what another key has.</summary>
    private const string Version = "2.";

    /// <summary>Characters of an <see cref="Id"/>.</summary>
    public const int IdLength = 14;

    private SealingKey(byte[] bytes, string id)
    {
        Bytes = bytes;
        Id = id;
    }

    public byte[] Bytes { get; }

    /// <summary>
    /// Tells which key a text was sealed with (<c>kid</c>, RFC 7516 §4.1.6): the version, and 72 bits that come out of the same derivation, so
    /// that they say nothing of the key and nothing of the secrets.
    /// </summary>
    public string Id { get; }

    /// <param name="secrets">At least one, in a fixed order.</param>
    /// <param name="purpose">What is sealed with it.</param>
    /// <param name="identity">Everything that tells one use from another; no secrets.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no secret, or none but empty ones: everybody could make the key.</exception>
    public static SealingKey Derive(IEnumerable<Secret> secrets, string purpose, params IEnumerable<string> identity)
    {
        List<string> given = [.. secrets.Select(secret => secret.Reveal())];
        ArgumentOutOfRangeException.ThrowIfZero(given.Sum(secret => secret.Length), nameof(secrets));
        var material = JoinedTexts.Of(given);
        List<string> use = [purpose, .. identity];
        return new SealingKey(Derive(material, JoinedTexts.Of(use), Length), $"{Version}{Base64Url.EncodeToString(Derive(material, JoinedTexts.Of(use.Append("key id")), IdBytes))}");
    }

    /// <summary>Whether a text is an id of this version: it needs no escaping in JSON.</summary>
    public static bool IsId(string text) => text.Length == IdLength && text.StartsWith(Version, StringComparison.Ordinal) && Base64Url.IsValid(text.AsSpan(Version.Length));

    private static byte[] Derive(byte[] material, byte[] info, int length)
    {
        var hkdf = new HkdfBytesGenerator(new Sha256Digest());
        hkdf.Init(new HkdfParameters(material, "ccaas-token/2"u8.ToArray(), info));
        var key = new byte[length];
        hkdf.GenerateBytes(key, 0, length);
        return key;
    }
}
