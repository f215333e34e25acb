using System.Buffers.Text;
using System.Text.Json;

namespace Ccaas.EndToEnd.Tests;

/// <summary>A token such as a CI system gives its jobs. The signature is noise: the sandbox leaves that to whoever accepts it.</summary>
internal static class FederatedToken
{
    public const string Issuer = "https://ci.example.test";
    public const string Subject = "repo:example/nightly:ref:refs/heads/main";

    public static string Create(string audience, TimeSpan lifetime)
    {
        var end = TimeProvider.System.GetUtcNow() + lifetime;
        return $"{Part(new { alg = "RS256", typ = "JWT" })}.{Part(new { iss = Issuer, sub = Subject, aud = audience, exp = end.ToUnixTimeSeconds() })}.{Part("no signature")}";
    }

    private static string Part(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
