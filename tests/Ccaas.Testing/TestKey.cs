using System.Security.Cryptography;

namespace Ccaas.Testing;

/// <summary>A key pair made for the tests of this process.</summary>
public sealed record TestKey(string PrivatePem, string PublicPem)
{
    public static TestKey Ec { get; } = NewEc();

    public static TestKey Rsa { get; } = NewRsa(2048);

    public static TestKey NewEc()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new TestKey(key.ExportPkcs8PrivateKeyPem(), key.ExportSubjectPublicKeyInfoPem());
    }

    public static TestKey NewRsa(int bits)
    {
        using var key = RSA.Create(bits);
        return new TestKey(key.ExportPkcs8PrivateKeyPem(), key.ExportSubjectPublicKeyInfoPem());
    }

    // The generated one would print the private key.
    public override string ToString() => nameof(TestKey);
}
