using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Ccaas.Sandbox.OAuth;

/// <summary>Every token that the sandbox has issued, whose it is, and whether it is still good.</summary>
/// <param name="newToken">Makes one; null for random ones.</param>
/// <param name="lifetime">Seconds.</param>
/// <param name="clock">Decides when a token has expired.</param>
internal sealed class IssuedTokens(Func<string>? newToken, int lifetime, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Issued> _tokens = new(StringComparer.Ordinal);

    /// <summary>Seconds.</summary>
    public int Lifetime => lifetime;

    public string Issue(SandboxClient client)
    {
        var token = (newToken ?? RandomToken)();
        _tokens[token] = new Issued(client, clock.GetUtcNow().AddSeconds(lifetime));
        return token;
    }

    /// <summary>The token's client, and whether it is too late; null for a token that was never issued or was revoked.</summary>
    public (SandboxClient Client, bool Expired)? Find(string token) =>
        _tokens.TryGetValue(token, out var issued) ? (issued.Client, clock.GetUtcNow() >= issued.ExpiresAt) : null;

    public void Revoke(string token) => _tokens.TryRemove(token, out _);

    // 64 bytes are 86 characters of base64url.
    private static string RandomToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(64));

    private sealed record Issued(SandboxClient Client, DateTimeOffset ExpiresAt);
}
