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
