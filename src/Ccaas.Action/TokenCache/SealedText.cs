using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace Ccaas.Action.TokenCache;

/// <summary>
/// Encrypts and authenticates a text as a compact JWE (RFC 7516 §7.1) under a shared key: <c>dir</c> and <c>A256GCM</c>
/// (RFC 7518 §4.5, §5.3). Without the key, only its length and the key's id are visible. A text with a changed bit does not open.
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

    /// <returns>Null when it is another text, was sealed with another key, or was changed.</returns>
    public static byte[]? Open(SealingKey key, string text)
    {
        if (KeyId(text) != key.Id || text.Split('.') is not [var header, "", var nonceText, var cipherText, var tagText]
            || Bytes(nonceText) is not { Length: NonceLength } nonce || Bytes(cipherText) is not { } cipher
                || Bytes(tagText) is not { Length: TagLength } tag)
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

    /// <returns>The key id in the header; null when it is not a sealed text of this version.</returns>
    public static string? KeyId(string text)
    {
        var end = text.IndexOf('.', StringComparison.Ordinal);
        if (end < 0 || Bytes(text[..end]) is not { } header || header.Length != HeaderStart.Length + SealingKey.IdLength + HeaderEnd.Length)
        {
            return null;
        }

        // There is exactly one valid header. It is compared, not parsed.
        var id = Encoding.ASCII.GetString(header.AsSpan(HeaderStart.Length, SealingKey.IdLength));
        return header.AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(Header(id))) && SealingKey.IsId(id) ? id : null;
    }

    private static string Header(string keyId) => $"{HeaderStart}{keyId}{HeaderEnd}";

    // The header is authenticated as it is in the text (RFC 7516 §5.1, step 14).
    private static byte[] Run(SealingKey key, bool isSealing, string header, byte[] nonce, ReadOnlySpan<byte> input)
    {
        var aes = new GcmBlockCipher(AesUtilities.CreateEngine());
        aes.Init(isSealing, new AeadParameters(new KeyParameter(key.Bytes), TagLength * 8, nonce, Encoding.ASCII.GetBytes(header)));
        var output = new byte[aes.GetOutputSize(input.Length)];
        var length = aes.ProcessBytes(input, output);
        aes.DoFinal(output.AsSpan(length));
        return output;
    }

    /// <summary>
    /// 96 random bits: the parts of a version 4 GUID without fixed bits, from the operating system's generator, without OpenSSL.
    /// </summary>
    private static byte[] Nonce()
    {
        var random = Guid.NewGuid().ToByteArray();
        return [.. random.AsSpan(0, NonceLength / 2), .. random.AsSpan(random.Length - (NonceLength / 2))];
    }

    /// <returns>Null when it is not canonical base64url: no padding, no white space, unused bits zero.</returns>
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
/// A 256-bit key, derived by HKDF with SHA-256 (RFC 5869) from secrets that both sides have. Purpose and client are part of the
/// derivation, so a text sealed for one does not open for another.
/// </summary>
internal sealed class SealingKey
{
    private const int Length = 32;
    private const int IdBytes = 9;

    /// <summary>The version of format and derivation. It distinguishes a text of another version from one with another key.</summary>
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
    /// The key id (<c>kid</c>, RFC 7516 §4.1.6): the version, and 72 bits of the same derivation, which reveal nothing about key and
    /// secrets.
    /// </summary>
    public string Id { get; }

    /// <param name="secrets">At least one, in a fixed order.</param>
    /// <param name="purpose">The use of the key.</param>
    /// <param name="identity">What distinguishes one use from another; without secrets.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no secret, or only empty ones: everybody could derive the key.</exception>
    public static SealingKey Derive(IEnumerable<Secret> secrets, string purpose, params IEnumerable<string> identity)
    {
        List<string> given = [.. secrets.Select(secret => secret.Reveal())];
        ArgumentOutOfRangeException.ThrowIfZero(given.Sum(secret => secret.Length), nameof(secrets));
        var material = JoinedTexts.Of(given);
        List<string> use = [purpose, .. identity];
        return new SealingKey(Derive(material, JoinedTexts.Of(use), Length),
            $"{Version}{Base64Url.EncodeToString(Derive(material, JoinedTexts.Of(use.Append("key id")), IdBytes))}");
    }

    /// <summary>Whether a text is a key id of this version; it needs no escapes in JSON.</summary>
    public static bool IsId(string text) =>
        text.Length == IdLength && text.StartsWith(Version, StringComparison.Ordinal) && Base64Url.IsValid(text.AsSpan(Version.Length));

    private static byte[] Derive(byte[] material, byte[] info, int length)
    {
        var hkdf = new HkdfBytesGenerator(new Sha256Digest());
        hkdf.Init(new HkdfParameters(material, "ccaas-token/2"u8.ToArray(), info));
        var key = new byte[length];
        hkdf.GenerateBytes(key, 0, length);
        return key;
    }
}
