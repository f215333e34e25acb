using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Ccaas.Action.Sealing;

/// <summary>
/// Encrypts and authenticates a text as a compact JWE (RFC 7516 §7.1) under a shared key: <c>dir</c> and <c>A256GCM</c>
/// (RFC 7518 §4.5, §5.3). Without the key it tells its length and the key's id, and a changed bit keeps it from being opened.
/// </summary>
internal static class SealedText
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public static string Seal(SealingKey key, ReadOnlySpan<byte> text)
    {
        // An id is base64url, and needs no escaping.
        var header = Base64Url.EncodeToString(Encoding.ASCII.GetBytes($$"""{"alg":"dir","enc":"A256GCM","kid":"{{key.Id}}"}"""));
        var nonce = RandomNumberGenerator.GetBytes(NonceLength);
        var cipher = new byte[text.Length];
        var tag = new byte[TagLength];
        using var aes = new AesGcm(key.Bytes, TagLength);
        aes.Encrypt(nonce, text, cipher, tag, Encoding.ASCII.GetBytes(header));
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
            var opened = new byte[cipher.Length];
            using var aes = new AesGcm(key.Bytes, TagLength);
            aes.Decrypt(nonce, cipher, tag, opened, Encoding.ASCII.GetBytes(header));
            return opened;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <returns>The id of the key that a text says it was sealed with; null when it is no sealed text of this kind.</returns>
    public static string? KeyId(string text)
    {
        var end = text.IndexOf('.', StringComparison.Ordinal);
        if (end < 0 || Bytes(text[..end]) is not { } header)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(header);
            string? id = null;
            foreach (var field in document.RootElement.EnumerateObject())
            {
                switch (field.Name)
                {
                    case "alg" when field.Value.GetString() == "dir":
                    case "enc" when field.Value.GetString() == "A256GCM":
                    // What kind of content it is; nothing depends on it (RFC 7516 §4.1.11, §4.1.12).
                    case "typ" or "cty":
                        break;
                    case "kid" when id is null:
                        id = field.Value.GetString();
                        break;
                    default:
                        // Compression, critical extensions, another algorithm: what is not known is not accepted.
                        return null;
                }
            }

            return id;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
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
