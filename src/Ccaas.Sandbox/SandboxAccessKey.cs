namespace Ccaas.Sandbox;

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
