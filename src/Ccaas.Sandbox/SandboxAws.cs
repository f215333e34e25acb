namespace Ccaas.Sandbox;

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
