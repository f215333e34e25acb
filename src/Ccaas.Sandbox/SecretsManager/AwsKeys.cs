using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Ccaas.Sandbox.SecretsManager;

/// <summary>The keys that requests may be signed with: those that last, and those that roles have handed out.</summary>
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
    /// <param name="seconds">How long it is good for.</param>
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

    public SandboxAws Aws => shared.Options.Aws;

    public AwsKeys AwsKeys { get; } = new(shared.Options.Aws, shared.Clock);

    public SandboxSecretStore Store => shared.Secrets.SecretsManager;
}
