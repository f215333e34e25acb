using System.Text;
using Ccaas.Action.Foundation;

namespace Ccaas.Action.Tokens;

/// <summary>An access token with what was said of it.</summary>
/// <param name="Value">The token.</param>
/// <param name="Lifetime">How long it lasts; null when the server did not say.</param>
internal sealed record AccessToken(Secret Value, Lifetime? Lifetime)
{
    /// <summary>The one type this program hands out; a server that answers another is refused (RFC 6750).</summary>
    public const string Type = "Bearer";

    /// <summary>
    /// Tells two tokens apart without showing either: the first 64 bits of the token's SHA-256 digest. Tokens are random
    /// enough that nothing can be computed back from it.
    /// </summary>
    public string Fingerprint => $"sha256:{Convert.ToHexStringLower(Sha256.Hash(Encoding.UTF8.GetBytes(Value.Reveal())).AsSpan(0, 8))}";
}
