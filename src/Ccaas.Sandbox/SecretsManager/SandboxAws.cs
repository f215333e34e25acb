namespace Ccaas.Sandbox.SecretsManager;

/// <summary>The account that AWS Secrets Manager belongs to. By default nobody has a key to it.</summary>
public sealed record SandboxAws
{
    /// <summary>The one region whose signatures are taken.</summary>
    public string Region { get; init; } = "eu-central-1";

    /// <summary>The account's number, as it stands in ARNs.</summary>
    public string AccountId { get; init; } = "111122223333";

    /// <summary>Keys that requests may be signed with. Those of roles come along by themselves.</summary>
    public IReadOnlyList<SandboxAccessKey> AccessKeys { get; init; } = [];

    /// <summary>Roles that hand out keys for a while.</summary>
    public IReadOnlyList<SandboxAwsRole> Roles { get; init; } = [];

    /// <summary>What the container agent wants to see in <c>Authorization</c> where it is asked by a full URI.</summary>
    public string ContainerAuthorizationToken { get; init; } = "sandbox-container-token";
}

/// <summary>A role of AWS, and who may be it.</summary>
/// <param name="Arn">Its name: <c>arn:aws:iam::ACCOUNT:role/NAME</c>.</param>
public sealed record SandboxAwsRole(string Arn)
{
    /// <summary>
    /// Whether its trust policy lets in whoever comes with this token: issuer, subject, audience and, if that matters, the
    /// signature. Null: nobody. One that has expired is refused without a question.
    /// </summary>
    public Func<SandboxAssertion, bool>? AcceptsAssertion { get; init; }

    /// <summary>True: it is the role of the machine or the container, whose metadata services hand out its keys.</summary>
    public bool IsOfTheMachine { get; init; }

    /// <summary>What it may do with the account's secrets.</summary>
    public SandboxSecretAccess Access { get; init; } = SandboxSecretAccess.All;

    internal string Name => Arn[(Arn.LastIndexOf('/') + 1)..];
}

/// <summary>An access key of AWS.</summary>
/// <param name="AccessKeyId">Its id, which is sent.</param>
/// <param name="SecretAccessKey">Its secret, which only signs.</param>
public sealed record SandboxAccessKey(string AccessKeyId, string SecretAccessKey)
{
    /// <summary>What has to come along with a temporary key; null for one that lasts.</summary>
    public string? SessionToken { get; init; }

    /// <summary>When a temporary key ends, by the sandbox's clock; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whose it is, as refusals name it.</summary>
    public string Principal { get; init; } = "arn:aws:iam::111122223333:user/sandbox";

    /// <summary>What its owner may do with the account's secrets.</summary>
    public SandboxSecretAccess Access { get; init; } = SandboxSecretAccess.All;

    // The generated one would print the secret.
    public override string ToString() => AccessKeyId;
}
