using System.Buffers.Text;
using System.Text.Json;

namespace Ccaas.Sandbox.OAuth;

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
