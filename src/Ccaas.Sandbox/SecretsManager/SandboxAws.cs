using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Ccaas.Sandbox.SecretsManager;

/// <summary>The account of AWS Secrets Manager. By default it has no access key.</summary>
public sealed record SandboxAws
{
    /// <summary>The one region whose signatures are taken.</summary>
    public string Region { get; init; } = "eu-central-1";

    /// <summary>The account's number, as in ARNs.</summary>
    public string AccountId { get; init; } = "111122223333";

    /// <summary>Keys that requests may be signed with. Those of roles come along by themselves.</summary>
    public IReadOnlyList<SandboxAccessKey> AccessKeys { get; init; } = [];

    /// <summary>Roles that issue temporary keys.</summary>
    public IReadOnlyList<SandboxAwsRole> Roles { get; init; } = [];

    /// <summary>What the container agent wants to see in <c>Authorization</c> where it is asked by a full URI.</summary>
    public string ContainerAuthorizationToken { get; init; } = "sandbox-container-token";
}

/// <summary>A role of AWS, and who may be it.</summary>
/// <param name="Arn">Its name: <c>arn:aws:iam::ACCOUNT:role/NAME</c>.</param>
public sealed record SandboxAwsRole(string Arn)
{
    /// <summary>
    /// Whether its trust policy accepts this token: issuer, subject, audience and, if that matters, the
    /// signature. Null: no token. An expired token is refused before this is called.
    /// </summary>
    public Func<SandboxAssertion, bool>? AcceptsAssertion { get; init; }

    /// <summary>True: it is the role of the machine or container, whose metadata services issue its keys.</summary>
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

/// <summary>The keys that requests may be signed with: permanent ones, and temporary ones of roles.</summary>
internal sealed class AwsKeys(SandboxAws aws, TimeProvider clock)
{
    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    // Six hours, which is what the metadata services give.
    private const int MachineSeconds = 6 * 3600;

    private readonly ConcurrentDictionary<string, SandboxAccessKey> _issued = new(StringComparer.Ordinal);

    /// <summary>Null if there is no such key; one that has ended is still found.</summary>
    public SandboxAccessKey? Find(string accessKeyId) =>
        _issued.GetValueOrDefault(accessKeyId) ?? aws.AccessKeys.FirstOrDefault(key => key.AccessKeyId == accessKeyId);

    /// <param name="role">Whose key it will be.</param>
    /// <param name="session">What the role's session is called.</param>
    /// <param name="seconds">How long it is valid.</param>
    public SandboxAccessKey Issue(SandboxAwsRole role, string session, int seconds = MachineSeconds)
    {
        var key = new SandboxAccessKey($"ASIA{RandomNumberGenerator.GetString(Characters, 16)}", Random(30))
        {
            SessionToken = Random(192),
            ExpiresAt = clock.GetUtcNow().AddSeconds(seconds),
            Principal = $"arn:aws:sts::{aws.AccountId}:assumed-role/{role.Name}/{session}",
            Access = role.Access,
        };
        _issued[key.AccessKeyId] = key;
        return key;
    }

    private static string Random(int bytes) => Convert.ToBase64String(RandomNumberGenerator.GetBytes(bytes));
}

/// <summary>What the services of the account share.</summary>
internal sealed class AwsState(SandboxState shared)
{
    public TimeProvider Clock => shared.Clock;

    public SandboxAws Aws => shared.Options.Of<SandboxAws>();

    public AwsKeys AwsKeys { get; } = new(shared.Options.Of<SandboxAws>(), shared.Clock);

    public SandboxSecretStore Store => shared.Secrets.SecretsManager;
}
