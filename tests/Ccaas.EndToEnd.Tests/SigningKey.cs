using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Ccaas.EndToEnd.Tests;

/// <summary>A private key that signs for a client, and the public half that the server knows it by.</summary>
internal sealed class SigningKey
{
    private readonly Func<JsonObject> _publicJwk;

    private SigningKey(string pem, Func<JsonObject> publicJwk)
    {
        Pem = pem;
        _publicJwk = publicJwk;
    }

    /// <summary>PKCS #8.</summary>
    public string Pem { get; }

    /// <summary>A new key of the kind that the algorithm signs with.</summary>
    public static SigningKey For(string algorithm) => algorithm == "ES256" ? P256() : Rsa();

    public JsonObject PublicJwk(string? keyId)
    {
        var jwk = _publicJwk();
        if (keyId is not null)
        {
            jwk["kid"] = keyId;
        }

        return jwk;
    }

    private static SigningKey P256()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new SigningKey(key.ExportPkcs8PrivateKeyPem(), () => new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["x"] = Base64Url.EncodeToString(point.X),
            ["y"] = Base64Url.EncodeToString(point.Y),
        });
    }

    private static SigningKey Rsa()
    {
        using var key = RSA.Create(2048);
        var numbers = key.ExportParameters(includePrivateParameters: false);
        return new SigningKey(key.ExportPkcs8PrivateKeyPem(), () => new JsonObject
        {
            ["kty"] = "RSA",
            ["n"] = Base64Url.EncodeToString(numbers.Modulus),
            ["e"] = Base64Url.EncodeToString(numbers.Exponent),
        });
    }
}
