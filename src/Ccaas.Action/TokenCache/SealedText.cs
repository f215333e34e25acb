using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace Ccaas.Action.TokenCache;

/// <summary>
/// Encrypts and authenticates a text as a compact JWE (RFC 7516 §7.1) under a shared key: <c>dir</c> and <c>A256GCM</c>
/// (RFC 7518 §4.5, §5.3). Without the key it tells its length and the key's id, and a changed bit keeps it from being opened.
/// </summary>
internal static class SealedText
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private const string HeaderStart = "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"";
    private const string HeaderEnd = "\"}";

    public static string Seal(SealingKey key, ReadOnlySpan<byte> text)
    {
        var header = Base64Url.EncodeToString(Encoding.ASCII.GetBytes(Header(key.Id)));
        var nonce = Nonce();
        var sealedText = Run(key, isSealing: true, header, nonce, text);
        var cipher = sealedText.AsSpan(..^TagLength);
        var tag = sealedText.AsSpan(^TagLength..);
        return $"{header}..{Base64Url.EncodeToString(nonce)}.{Base64Url.EncodeToString(cipher)}.{Base64Url.EncodeToString(tag)}";
    }

    /// <returns>Null when it is not such a text, or was sealed with another key, or was changed.</returns>
    public static byte[]? Open(SealingKey key, string text)
    {
        if (KeyId(text) != key.Id || text.Split('.') is not [var header, "", var nonceText, var cipherText, var tagText]
            || Bytes(nonceText) is not { Length: NonceLength } nonce || Bytes(cipherText) is not { } cipher || Bytes(tagText) is not { Length: TagLength } tag)
        {
            return null;
        }

        try
        {
            return Run(key, isSealing: false, header, nonce, [.. cipher, .. tag]);
        }
        catch (InvalidCipherTextException)
        {
            return null;
        }
    }

    /// <returns>The id of the key that a text says it was sealed with; null when it is no sealed text of this version.</returns>
    public static string? KeyId(string text)
    {
        var end = text.IndexOf('.', StringComparison.Ordinal);
        if (end < 0 || Bytes(text[..end]) is not { } header || header.Length != HeaderStart.Length + SealingKey.IdLength + HeaderEnd.Length)
        {
            return null;
        }

        // There is one header, and nothing of it is optional: what would have to be interpreted is not accepted.
        var id = Encoding.ASCII.GetString(header.AsSpan(HeaderStart.Length, SealingKey.IdLength));
        return header.AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(Header(id))) && SealingKey.IsId(id) ? id : null;
    }

    private static string Header(string keyId) => $"{HeaderStart}{keyId}{HeaderEnd}";

    // The header as it stands in the text is what is authenticated besides (RFC 7516 §5.1, step 14).
    private static byte[] Run(SealingKey key, bool isSealing, string header, byte[] nonce, ReadOnlySpan<byte> input)
    {
        var aes = new GcmBlockCipher(AesUtilities.CreateEngine());
        aes.Init(isSealing, new AeadParameters(new KeyParameter(key.Bytes), TagLength * 8, nonce, Encoding.ASCII.GetBytes(header)));
        var output = new byte[aes.GetOutputSize(input.Length)];
        var length = aes.ProcessBytes(input, output);
        aes.DoFinal(output.AsSpan(length));
        return output;
    }

    /// <summary>96 random bits. From two halves of a version 4 GUID, which has none that are fixed: the operating system's own generator, without OpenSSL.</summary>
    private static byte[] Nonce()
    {
        var random = Guid.NewGuid().ToByteArray();
        return [.. random.AsSpan(0, NonceLength / 2), .. random.AsSpan(random.Length - (NonceLength / 2))];
    }

    /// <returns>Null when it is not base64url in its one spelling: no padding, no white space, and the bits that stand for nothing are zero.</returns>
    private static byte[]? Bytes(string base64)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(base64);
            return Base64Url.EncodeToString(bytes) == base64 ? bytes : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

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
