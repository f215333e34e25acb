using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ccaas.Action.Foundation;
using Ccaas.Action.Requests;

namespace Ccaas.Action.OAuth;

/// <summary>
/// A JSON Web Token by which the client proves that it holds a private key, RFC 7523 §3. It names one server, lasts a minute
/// and is good for one request: servers remember its id.
/// </summary>
internal static class ClientAssertion
{
    /// <summary>The value of <c>client_assertion_type</c>, RFC 7523 §2.2.</summary>
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(1);

    /// <exception cref="CryptographicException">The key is broken; it was tried when the inputs were read.</exception>
    public static string Sign(string clientId, SigningKey key, string audience, DateTimeOffset now)
    {
        var header = Json(json =>
        {
            json.WriteString("alg", key.Algorithm.ToString());
            json.WriteString("typ", "JWT");
            if (key.Id is { } id)
            {
                json.WriteString("kid", id);
            }
        });
        var claims = Json(json =>
        {
            json.WriteString("iss", clientId);
            json.WriteString("sub", clientId);
            json.WriteString("aud", audience);
            json.WriteString("jti", Guid.NewGuid());
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteNumber("exp", Durations.After(now, Lasts).ToUnixTimeSeconds());
        });
        var signed = $"{header}.{claims}";
        return $"{signed}.{Base64Url.EncodeToString(Signature(key, Encoding.ASCII.GetBytes(signed)))}";
    }

    private static byte[] Signature(SigningKey key, byte[] data)
    {
        if (key.Algorithm == SigningAlgorithm.ES256)
        {
            using var ecdsa = ECDsa.Create();
            ecdsa.ImportFromPem(key.Pem.Reveal());
            // Both numbers side by side and not in ASN.1, RFC 7518 §3.4.
            return ecdsa.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }

        using var rsa = RSA.Create();
        rsa.ImportFromPem(key.Pem.Reveal());
        return rsa.SignData(data, HashAlgorithmName.SHA256, key.Algorithm == SigningAlgorithm.PS256 ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
    }

    private static string Json(System.Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }
}
