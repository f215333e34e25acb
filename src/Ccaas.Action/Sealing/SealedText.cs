using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Ccaas.Action.Sealing;

/// <summary>
/// Encrypts and authenticates a text as a compact JWE (RFC 7516 §7.1) under a shared key: <c>dir</c> and <c>A256GCM</c>
/// (RFC 7518 §4.5, §5.3). Without the key it tells nothing but its length, and a changed bit keeps it from being opened.
/// </summary>
internal static class SealedText
{
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const string Header = """{"alg":"dir","enc":"A256GCM"}""";

    public static string Seal(byte[] key, ReadOnlySpan<byte> text)
    {
        var header = Base64Url.EncodeToString(Encoding.ASCII.GetBytes(Header));
        var nonce = RandomNumberGenerator.GetBytes(NonceLength);
        var cipher = new byte[text.Length];
        var tag = new byte[TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, text, cipher, tag, Encoding.ASCII.GetBytes(header));
        return $"{header}..{Base64Url.EncodeToString(nonce)}.{Base64Url.EncodeToString(cipher)}.{Base64Url.EncodeToString(tag)}";
    }

    /// <returns>Null when it is not such a text, or was sealed with another key, or was changed.</returns>
    public static byte[]? Open(byte[] key, string text)
    {
        if (text.Split('.') is not [var header, "", var nonce, var cipher, var tag]
            || !Base64Url.IsValid(nonce) || !Base64Url.IsValid(cipher) || !Base64Url.IsValid(tag)
            // The one header that is ever written: what another asks for is not done.
            || header != Base64Url.EncodeToString(Encoding.ASCII.GetBytes(Header)))
        {
            return null;
        }

        try
        {
            var bytes = Base64Url.DecodeFromChars(cipher);
            var opened = new byte[bytes.Length];
            using var aes = new AesGcm(key, TagLength);
            aes.Decrypt(Base64Url.DecodeFromChars(nonce), bytes, Base64Url.DecodeFromChars(tag), opened, Encoding.ASCII.GetBytes(header));
            return opened;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return null;
        }
    }
}
