using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Ccaas.Sandbox.OAuth;

/// <summary>Clients that authenticate with a signed assertion: private_key_jwt, RFC 7523 section 3.</summary>
internal sealed class ClientAssertions(IReadOnlyList<SandboxClient> clients, TimeProvider clock)
{
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    // Whoever steals an assertion may use it until it ends, so it has no business to last.
    private const int MostSeconds = 600;

    private readonly UsedIds _used = new(clock);

    /// <summary>Null with a problem if the assertion does not hold.</summary>
    public SandboxClient? FindClient(string assertion, IReadOnlyList<string> audiences, out string problem)
    {
        if (SignedJwt.Parse(assertion) is not { } jwt)
        {
            problem = "the assertion is not a JSON Web Token";
            return null;
        }

        var client = clients.FirstOrDefault(c => c.ClientId == SignedJwt.Text(jwt.Claims, "sub"));
        problem = client is null
            ? "sub of the assertion is not a client"
            : CheckSignature(jwt, client) ?? CheckClaims(jwt, client, audiences) ?? "";
        return problem.Length == 0 ? client : null;
    }

    private static string? CheckSignature(SignedJwt jwt, SandboxClient client) => client.PublicKeyPem switch
    {
        null => "the client has no public key",
        // RFC 7515 section 4.1.11: who does not understand what is critical refuses.
        _ when jwt.Header.TryGetProperty("crit", out _) => "the header of the assertion has a crit",
        _ when SignedJwt.Text(jwt.Header, "alg") is not ("RS256" or "PS256" or "ES256") =>
            "alg of the assertion is none of RS256, PS256 and ES256",
        var pem when !ClientKey.Read(pem).HasSigned(SignedJwt.Text(jwt.Header, "alg"), jwt.SignedBytes, jwt.Signature) =>
            "the signature of the assertion does not match the public key of the client",
        _ => null,
    };

    private string? CheckClaims(SignedJwt jwt, SandboxClient client, IReadOnlyList<string> audiences)
    {
        var now = clock.GetUtcNow();
        var seconds = now.ToUnixTimeMilliseconds() / 1000.0;
        return SignedJwt.Number(jwt.Claims, "exp") switch
        {
            _ when SignedJwt.Text(jwt.Claims, "iss") != client.ClientId => "iss of the assertion is not the client",
            _ when !SignedJwt.Texts(jwt.Claims, "aud").Intersect(audiences).Any() =>
                $"aud of the assertion is none of {string.Join(", ", audiences)}",
            null => "the assertion has no exp",
            var exp when exp <= seconds => "the assertion has expired",
            var exp when exp > seconds + MostSeconds => $"exp of the assertion is more than {MostSeconds} seconds ahead",
            _ when SignedJwt.Number(jwt.Claims, "nbf") > seconds => "nbf of the assertion is still to come",
            _ when SignedJwt.Number(jwt.Claims, "iat") > seconds => "iat of the assertion is still to come",
            _ when SignedJwt.Text(jwt.Claims, "jti") is not { Length: > 0 } => "the assertion has no jti",
            // Last, so that an assertion that does not hold uses up no id.
            _ when !_used.TryUse(client.ClientId, SignedJwt.Text(jwt.Claims, "jti")!, now.AddSeconds(MostSeconds)) =>
                "jti of the assertion was used before",
            _ => null,
        };
    }
}

/// <summary>Ids that count once, remembered for as long as they could be used again.</summary>
internal sealed class UsedIds(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Owner, string Id), DateTimeOffset> _used = [];

    /// <summary>False if it was used before.</summary>
    public bool TryUse(string owner, string id, DateTimeOffset until)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            foreach (var late in _used.Where(entry => entry.Value <= now).Select(entry => entry.Key).ToList())
            {
                _used.Remove(late);
            }

            return _used.TryAdd((owner, id), until);
        }
    }
}

/// <summary>A client's public key, and the three algorithms of RFC 7518 section 3.1 that it may verify.</summary>
internal sealed class ClientKey
{
    // RFC 7518 section 3.3.
    private const int LeastRsaBits = 2048;

    private readonly PublicKey _key;

    private ClientKey(PublicKey key) => _key = key;

    /// <exception cref="ArgumentException">The text is no such key.</exception>
    public static ClientKey Read(string pem)
    {
        try
        {
            var found = PemEncoding.Find(pem);
            var key = PublicKey.CreateFromSubjectPublicKeyInfo(Convert.FromBase64String(pem[found.Base64Data]), out _);
            using var rsa = key.GetRSAPublicKey();
            using var ec = key.GetECDsaPublicKey();
            if (pem[found.Label] == "PUBLIC KEY" && (rsa?.KeySize >= LeastRsaBits || ec?.KeySize == 256))
            {
                return new ClientKey(key);
            }
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // Reported below, in terms of the key that was given.
        }

        throw new ArgumentException(
            "a client's public key must be a PUBLIC KEY as PEM: RSA of 2048 bits or more, or EC on P-256", nameof(pem));
    }

    /// <summary>False too for an algorithm that is not known, or not one of this kind of key.</summary>
    public bool HasSigned(string? algorithm, byte[] data, byte[] signature)
    {
        using var rsa = _key.GetRSAPublicKey();
        using var ec = _key.GetECDsaPublicKey();
        return algorithm switch
        {
            "RS256" => rsa?.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) == true,
            "PS256" => rsa?.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss) == true,
            // RFC 7518 section 3.4: the two numbers side by side, which is the default here.
            "ES256" => ec?.VerifyData(data, signature, HashAlgorithmName.SHA256) == true,
            _ => false,
        };
    }
}

/// <summary>A JSON Web Token in its compact form (RFC 7515 section 7.1), taken apart and not yet believed.</summary>
internal sealed record SignedJwt(JsonElement Header, JsonElement Claims, byte[] SignedBytes, byte[] Signature)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Null if it is not one.</summary>
    public static SignedJwt? Parse(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 3
            && ReadObject(parts[0]) is { } header
            && ReadObject(parts[1]) is { } claims
            && Decode(parts[2]) is { } signature
            ? new SignedJwt(header, claims, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), signature)
            : null;
    }

    public static string? Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static double? Number(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    /// <summary>One text, or each of a list of them (RFC 7519 section 4.1.3).</summary>
    public static IReadOnlyList<string> Texts(JsonElement from, string name) => from.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => [.. value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!)],
            _ => [],
        }
        : [];

    private static JsonElement? ReadObject(string part)
    {
        if (Decode(part) is not { } bytes)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Written back and compared: the decoder forgives padding, white space and stray bits in the last character.
    private static byte[]? Decode(string part) =>
        Base64Url.IsValid(part) && Base64Url.DecodeFromChars(part) is var bytes && Base64Url.EncodeToString(bytes) == part ? bytes : null;
}
