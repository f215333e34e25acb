namespace Ccaas.Sandbox;

/// <summary>A client certificate of the sandbox's own authority, and its key.</summary>
/// <param name="CertificatePem">The certificate.</param>
/// <param name="KeyPem">Its private key, PKCS #8.</param>
public sealed record SandboxClientCertificate(string CertificatePem, string KeyPem)
{
    // The generated one would print the key.
    public override string ToString() => nameof(SandboxClientCertificate);
}
