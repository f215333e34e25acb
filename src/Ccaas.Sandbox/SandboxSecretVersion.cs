namespace Ccaas.Sandbox;

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
