using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;

namespace Ccaas.Sandbox.OAuth;

/// <summary>Every token that the sandbox has issued, whose it is, and whether it is still good.</summary>
internal sealed class IssuedTokens(SandboxOptions options)
{
    private readonly ConcurrentDictionary<string, Issued> _tokens = new(StringComparer.Ordinal);

    /// <summary>Seconds.</summary>
    public int Lifetime => options.TokenLifetime;

    public string Issue(SandboxClient client) => Issue(client, Lifetime);

    /// <param name="client">Whose it will be.</param>
    /// <param name="lifetime">Seconds.</param>
    /// <param name="make">Makes it in the vendor's shape, unless the options say how.</param>
    public string Issue(SandboxClient client, int lifetime, Func<string>? make = null)
    {
        var token = (options.NewToken ?? make ?? RandomText)();
        _tokens[token] = new Issued(client, options.TimeProvider.GetUtcNow().AddSeconds(lifetime));
        return token;
    }

    /// <summary>One that no endpoint accepts: a service account requests a new access token instead.</summary>
    public string IssueRefreshToken() => (options.NewRefreshToken ?? RandomText)();

    public string IssueIdToken(object claims) => IdToken.Create(claims, (options.NewIdTokenSignature ?? RandomText)());

    /// <summary>Null for a token that was never issued or was revoked.</summary>
    public IssuedToken? Find(string token) => _tokens.TryGetValue(token, out var issued)
        ? new IssuedToken(issued.Client, issued.ExpiresAt, options.TimeProvider.GetUtcNow() >= issued.ExpiresAt)
        : null;

    /// <summary>False if there was nothing to revoke.</summary>
    public bool Revoke(string token) => _tokens.TryRemove(token, out _);

    /// <summary>
    /// RFC 7009: false if the token is another client's (section 2.1); true too if there is no such token, for then the
    /// client has what it wants (section 2.2).
    /// </summary>
    public bool TryRevoke(string token, SandboxClient client)
    {
        if (Find(token) is { } found && found.Client != client)
        {
            return false;
        }

        Revoke(token);
        return true;
    }

    // 64 bytes are 86 characters of base64url.
    public static string RandomText() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(64));

    private sealed record Issued(SandboxClient Client, DateTimeOffset ExpiresAt);
}

/// <summary>A token that is out: whose it is, and until when.</summary>
internal sealed record IssuedToken(SandboxClient Client, DateTimeOffset ExpiresAt, bool Expired);

/// <summary>
/// An id token (OpenID Connect Core section 2) in its three parts. Its signature is noise: a client that has it straight
/// from the token endpoint, over TLS, may do without checking it (section 3.1.3.7).
/// </summary>
internal static class IdToken
{
    public static string Create(object claims, string signature) =>
        $"{Encode(new { alg = "RS256", typ = "JWT", kid = "sandbox" })}.{Encode(claims)}.{signature}";

    private static string Encode(object part) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part, JsonSerializerOptions.Web));
}
