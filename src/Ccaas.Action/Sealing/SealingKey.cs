using System.Security.Cryptography;
using System.Text;
using Ccaas.Action.Foundation;

namespace Ccaas.Action.Sealing;

/// <summary>
/// Makes a 256-bit key out of secrets that both sides have, HKDF with SHA-256 (RFC 5869). What the key is for and whom it
/// belongs to goes in as well, so that a text sealed for one purpose or client opens for no other.
/// </summary>
internal static class SealingKey
{
    private const int Length = 32;

    /// <param name="secrets">At least one, in a fixed order.</param>
    /// <param name="purpose">What is sealed with it.</param>
    /// <param name="identity">Everything that tells one use from another; no secrets.</param>
    public static byte[] Derive(IEnumerable<Secret> secrets, string purpose, params IEnumerable<string> identity) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        Joined(secrets.Select(secret => secret.Reveal())),
        Length,
        salt: "ccaas-token/1"u8.ToArray(),
        info: Joined(identity.Prepend(purpose)));

    // Each with its length before it, so that no two lists read the same.
    private static byte[] Joined(IEnumerable<string> texts) =>
        Encoding.UTF8.GetBytes(string.Concat(texts.Select(text => $"{Encoding.UTF8.GetByteCount(text)}:{text}")));
}
