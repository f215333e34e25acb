using System.Buffers.Text;
using System.Text;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace Ccaas.Action.Sealing;

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
        if (!Base64Url.IsValid(base64))
        {
            return null;
        }

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
