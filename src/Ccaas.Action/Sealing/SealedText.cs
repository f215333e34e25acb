using System.Buffers.Text;
using System.Text;
using System.Text.Json;
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

    public static string Seal(SealingKey key, ReadOnlySpan<byte> text)
    {
        // An id is base64url, and needs no escaping.
        var header = Base64Url.EncodeToString(Encoding.ASCII.GetBytes($$"""{"alg":"dir","enc":"A256GCM","kid":"{{key.Id}}"}"""));
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
