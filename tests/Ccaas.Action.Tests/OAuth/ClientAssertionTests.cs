using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.OAuth;

/// <summary>The assertion by RFC 7523, verified by its public key.</summary>
public sealed class ClientAssertionTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("ES256")]
    [InlineData("RS256")]
    [InlineData("PS256")]
    public void Assertion_is_signed_by_the_algorithm_that_its_header_names(string algorithm)
    {
        var key = algorithm == "ES256" ? TestKey.Ec : TestKey.Rsa;

        var assertion = Sign(key, algorithm, "key-1");

        var parts = assertion.Split('.');
        Assert.Equal($$"""{"alg":"{{algorithm}}","typ":"JWT","kid":"key-1"}""", Text(parts[0]));
        Assert.True(Verifies(algorithm, key, parts));
        Assert.False(Verifies(algorithm, algorithm == "ES256" ? TestKey.NewEc() : TestKey.NewRsa(2048), parts));
    }

    [Fact]
    public void Claims_name_client_server_and_a_short_time()
    {
        using var claims = JsonDocument.Parse(Text(Sign(TestKey.Ec, "ES256", null).Split('.')[1]));
        var root = claims.RootElement;

        Assert.Equal(["iss", "sub", "aud", "jti", "iat", "exp"], root.EnumerateObject().Select(claim => claim.Name));
        Assert.Equal("client \"1\"", root.GetProperty("iss").GetString());
        Assert.Equal("client \"1\"", root.GetProperty("sub").GetString());
        Assert.Equal("https://login.example.test/token", root.GetProperty("aud").GetString());
        Assert.Equal(Now.ToUnixTimeSeconds(), root.GetProperty("iat").GetInt64());
        Assert.Equal(Now.ToUnixTimeSeconds() + 60, root.GetProperty("exp").GetInt64());
    }

    [Fact]
    public void Id_of_the_key_is_left_out_when_there_is_none() =>
        Assert.Equal("""{"alg":"ES256","typ":"JWT"}""", Text(Sign(TestKey.Ec, "ES256", null).Split('.')[0]));

    [Fact]
    public void Each_assertion_has_an_id_of_its_own() =>
        Assert.NotEqual(Sign(TestKey.Rsa, "RS256", null).Split('.')[1], Sign(TestKey.Rsa, "RS256", null).Split('.')[1]);

    private static string Sign(TestKey key, string algorithm, string? id) => ClientAssertion.Sign(
        "client \"1\"", new SigningKey(new Secret(key.PrivatePem), Enum.Parse<SigningAlgorithm>(algorithm)) { Id = id },
            "https://login.example.test/token", Now);

    private static bool Verifies(string algorithm, TestKey key, string[] parts)
    {
        var (data, signature) = (Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]));
        if (algorithm == "ES256")
        {
            using var ecdsa = ECDsa.Create();
            ecdsa.ImportFromPem(key.PublicPem);
            return ecdsa.VerifyData(data, signature, HashAlgorithmName.SHA256);
        }

        using var rsa = RSA.Create();
        rsa.ImportFromPem(key.PublicPem);
        return rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, algorithm == "PS256"
            ? RSASignaturePadding.Pss
            : RSASignaturePadding.Pkcs1);
    }

    private static string Text(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));
}
