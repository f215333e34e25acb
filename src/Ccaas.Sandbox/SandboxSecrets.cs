namespace Ccaas.Sandbox;

/// <summary>What the two stores of secrets hold.</summary>
public sealed class SandboxSecrets
{
    internal SandboxSecrets(TimeProvider clock)
    {
        KeyVault = new SandboxSecretStore(clock, StringComparer.OrdinalIgnoreCase);
        SecretsManager = new SandboxSecretStore(clock, StringComparer.Ordinal);
    }

    /// <summary>Azure Key Vault, which does not tell names apart by case.</summary>
    public SandboxSecretStore KeyVault { get; }

    /// <summary>AWS Secrets Manager.</summary>
    public SandboxSecretStore SecretsManager { get; }
}

/// <summary>What a store of secrets holds.</summary>
public sealed class SandboxSecretStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SandboxSecret> _secrets;
    private readonly TimeProvider _clock;

    internal SandboxSecretStore(TimeProvider clock, StringComparer names)
    {
        _clock = clock;
        _secrets = new Dictionary<string, SandboxSecret>(names);
    }

    /// <summary>Every secret, those included that are deleted and can be had back. A copy.</summary>
    public IReadOnlyList<SandboxSecret> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _secrets.Values.Where(IsThere)];
            }
        }
    }

    /// <summary>Null if there is none of this name, or no longer.</summary>
    public SandboxSecret? Find(string name) => Change(name, secret => (secret, secret));

    /// <summary>The current value; null if there is none, or the secret is deleted.</summary>
    public string? Value(string name) => Find(name) is { DeletedAt: null } secret ? secret.Current?.Value : null;

    /// <summary>Takes a secret, or null, for what it is to be, or null, and whatever is to be said about that.</summary>
    internal T Change<T>(string name, Func<SandboxSecret?, (SandboxSecret? Next, T Result)> change)
    {
        lock (_lock)
        {
            var (next, result) = change(_secrets.TryGetValue(name, out var secret) && IsThere(secret) ? secret : null);
            if (next is null)
            {
                _secrets.Remove(name);
            }
            else
            {
                _secrets[name] = next;
            }

            return result;
        }
    }

    private bool IsThere(SandboxSecret secret) => secret.PurgedAt is not { } end || _clock.GetUtcNow() < end;
}

/// <summary>A secret of one of the stores.</summary>
public sealed record SandboxSecret
{
    public required string Name { get; init; }

    /// <summary>Its ARN in AWS; empty in Key Vault, where the address says it all.</summary>
    public string Arn { get; init; } = "";

    public string? Description { get; init; }

    /// <summary>The tags of AWS; those of Key Vault belong to the version.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<SandboxSecretVersion> Versions { get; init; } = [];

    /// <summary>When it was deleted; null: it was not.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Until when a deleted one can be had back.</summary>
    public DateTimeOffset? PurgedAt { get; init; }

    /// <summary>What is read when no version is asked for: AWSCURRENT, or else the last that was written.</summary>
    public SandboxSecretVersion? Current => Arn.Length > 0
        ? Versions.FirstOrDefault(version => version.Stages.Contains("AWSCURRENT"))
        : Versions.Count > 0 ? Versions[^1] : null;

    // The generated one would go through everything.
    public override string ToString() => Name;
}

/// <summary>One value that a secret has or had, and what was said about it.</summary>
public sealed record SandboxSecretVersion
{
    public required string Id { get; init; }

    /// <summary>The value; of a binary one its base64.</summary>
    public required string Value { get; init; }

    /// <summary>True if it was written as bytes, which only AWS knows.</summary>
    public bool IsBinary { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Key Vault's <c>enabled</c>.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Key Vault's <c>nbf</c>.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Key Vault's <c>exp</c>.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Key Vault's <c>contentType</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>Key Vault's <c>tags</c>; those of AWS belong to the secret.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The staging labels of AWS, such as <c>AWSCURRENT</c>.</summary>
    public IReadOnlyList<string> Stages { get; init; } = [];

    // The generated one would print the value.
    public override string ToString() => Id;
}

/// <summary>The rights of a client on the secrets of a store.</summary>
[Flags]
public enum SandboxSecretAccess
{
    None = 0,

    /// <summary>Read values, attributes and versions.</summary>
    Read = 1,

    /// <summary>Write another version, or change what is said about one. In Key Vault also the first version.</summary>
    Write = 2,

    /// <summary>Delete, recover and purge.</summary>
    Delete = 4,

    /// <summary>Write the first version, which AWS tells from writing another one.</summary>
    Create = 8,

    All = Read | Write | Delete | Create,
}
