namespace Ccaas.Sandbox;

/// <summary>A service account that the sandbox knows, and the organization that it belongs to.</summary>
/// <param name="ClientId">What the client calls itself.</param>
/// <param name="ClientSecret">Its password, as it is before any encoding.</param>
/// <param name="OrganizationId">Id of its organization, as the vendor's API reports it.</param>
/// <param name="OrganizationName">Name of its organization.</param>
/// <param name="MayReadOrganization">False: asking for the organization gets a 403.</param>
public sealed record SandboxClient(
    string ClientId,
    string ClientSecret,
    string OrganizationId,
    string OrganizationName,
    bool MayReadOrganization = true)
{
    /// <summary>The id of its access key, for vendors that have such; null: it has none.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>The secret of its access key; null: it has none.</summary>
    public string? AccessKeySecret { get; init; }

    /// <summary>The key that its assertions are signed by: SubjectPublicKeyInfo as PEM, RSA of 2048 bits or more, or EC on P-256.</summary>
    public string? PublicKeyPem { get; init; }

    /// <summary>The account that it belongs to, where the client has to name it.</summary>
    public string Account { get; init; } = "sandbox-account";

    /// <summary>
    /// True: the Basic header carries id and secret as they are, and not form-encoded as RFC 6749 section 2.3.1 has it. At
    /// Genesys Cloud, NICE CXone and Zoom it does so for every client.
    /// </summary>
    public bool RawBasic { get; init; }

    internal bool HasAccessKey(string? id, string? secret) =>
        AccessKeyId is not null && AccessKeySecret is not null && AccessKeyId == id && AccessKeySecret == secret;

    // The generated one would print the secrets.
    public override string ToString() => ClientId;
}

/// <summary>The person that a service account is, at vendors where every account is one.</summary>
internal static class SandboxUser
{
    public const string Id = "5a4db0c5-0000-4000-8000-0000000000e5";
    public const string GivenName = "Sandbox";
    public const string FamilyName = "Service";
    public const string Name = $"{GivenName} {FamilyName}";
    public const string Email = "service@sandbox.invalid";
}

/// <summary>A token of another issuer with which a workload authenticates. It has not expired; nothing else was checked.</summary>
/// <param name="Issuer">Its <c>iss</c>; empty if it has none.</param>
/// <param name="Subject">Its <c>sub</c>; empty if it has none.</param>
/// <param name="Audiences">Its <c>aud</c>.</param>
/// <param name="Text">The whole token, to verify the signature, which the sandbox does not do.</param>
public sealed record SandboxAssertion(string Issuer, string Subject, IReadOnlyList<string> Audiences, string Text)
{
    // The generated one would print the token.
    public override string ToString() => $"{Subject} of {Issuer}";
}

/// <summary>A client certificate of the sandbox's own authority, and its key.</summary>
/// <param name="CertificatePem">The certificate.</param>
/// <param name="KeyPem">Its private key, PKCS #8.</param>
public sealed record SandboxClientCertificate(string CertificatePem, string KeyPem)
{
    // The generated one would print the key.
    public override string ToString() => nameof(SandboxClientCertificate);
}
