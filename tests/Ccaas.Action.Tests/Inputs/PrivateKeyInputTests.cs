using System.Security.Cryptography;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Inputs;

/// <summary>The ways in which people store a private key.</summary>
public sealed class PrivateKeyInputTests
{
    public static TheoryData<string> Ways =>
        ["as it is", "with carriage returns", "with backslash and n", "on one line with spaces", "as Base64 alone",
        "as Base64 on several lines"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void Key_is_read_however_it_was_stored(string way)
    {
        var pem = TestKey.Ec.PrivatePem;
        var base64 = string.Concat(pem.Split('\n').Where(line => !line.StartsWith('-')));

        var read = Read(way switch
        {
            "with carriage returns" => pem.ReplaceLineEndings("\r\n"),
            "with backslash and n" => pem.Replace("\n", "\\n", StringComparison.Ordinal),
            "on one line with spaces" => pem.Replace('\n', ' '),
            "as Base64 alone" => base64,
            "as Base64 on several lines" => string.Join('\n', base64.Chunk(64).Select(line => new string(line))),
            _ => pem,
        }, out var problems);

        Assert.Empty(problems);
        using var expected = ECDsa.Create();
        expected.ImportFromPem(pem);
        using var actual = ECDsa.Create();
        actual.ImportFromPem(read!.Value.Pem.Reveal());
        Assert.Equal(expected.ExportPkcs8PrivateKey(), actual.ExportPkcs8PrivateKey());
        Assert.Equal(["ES256"], read.Value.Algorithms);
    }

    [Fact]
    public void Older_forms_of_pem_are_read_too()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal(["ES256"], Read(ecdsa.ExportECPrivateKeyPem(), out _)!.Value.Algorithms);
        using var rsa = RSA.Create(2048);
        Assert.Equal(["RS256", "PS256"], Read(rsa.ExportRSAPrivateKeyPem(), out _)!.Value.Algorithms);
    }

    [Fact]
    public void Key_that_cannot_sign_here_is_refused()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var encrypted = RSA.Create(2048);
        string[] keys =
        [
            p384.ExportPkcs8PrivateKeyPem(),
            TestKey.NewRsa(1024).PrivatePem,
            TestKey.Ec.PublicPem,
            encrypted.ExportEncryptedPkcs8PrivateKeyPem("password",
                new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)),
            TestKey.Ec.PrivatePem[..80],
            "-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----",
            "***",
            "nowhere.pem",
        ];

        Assert.All(keys, key =>
        {
            Assert.Null(Read(key, out var problems));
            Assert.Single(problems);
            Assert.DoesNotContain(key.Split('\n').Where(line => line.Length > 12 && !line.StartsWith('-')), line => problems[0]
                .Contains(line, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void No_text_whatsoever_throws() => Property.HoldsForAnyText(text =>
    {
        _ = Read(text, out _);
        _ = Read($"-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----", out _);
    });

    private static (Ccaas.Action.Core.Secret Pem, IReadOnlyList<string> Algorithms)? Read(string text, out IReadOnlyList<string> problems)
    {
        var values = new InputValues();
        values.Offer(Input.PrivateKey, text, "a test");
        var all = new InputProblems();
        var read = PrivateKeyInput.Read(new InputReader(values, all, new UntrustedText(new Redactor()), ""), Input.PrivateKey);
        problems = [.. all.Lines()];
        return read;
    }
}
