namespace Ccaas.Sandbox;

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
