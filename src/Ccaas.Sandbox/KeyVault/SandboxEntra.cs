namespace Ccaas.Sandbox.KeyVault;

/// <summary>The directory that Azure Key Vault trusts. By default nobody is in it.</summary>
public sealed record SandboxEntra
{
    /// <summary>The tenant's id, which is the first part of its token endpoint's path.</summary>
    public string TenantId { get; init; } = "5a4db0c5-0000-4000-8000-00000000a22e";

    /// <summary>Who may ask for a token.</summary>
    public IReadOnlyList<SandboxEntraClient> Clients { get; init; } = [];

    /// <summary>Seconds that a token lives: an hour, which is about what Entra gives.</summary>
    public int TokenLifetime { get; init; } = 3600;
}

/// <summary>An application or a managed identity.</summary>
/// <param name="ClientId">What it calls itself.</param>
public sealed record SandboxEntraClient(string ClientId)
{
    /// <summary>Its password; null: it has none.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>
    /// Whether a federated credential fits: issuer, subject and, if that matters, the signature. Null: it has no such
    /// credential. An assertion that has expired, or is meant for another audience, is refused without a question.
    /// </summary>
    public Func<SandboxAssertion, bool>? AcceptsAssertion { get; init; }

    /// <summary>True: the machine's metadata service hands out its tokens. Of several, one that asks for none gets the first's.</summary>
    public bool IsManagedIdentity { get; init; }

    /// <summary>What it may do with the vault's secrets.</summary>
    public SandboxSecretAccess Access { get; init; } = SandboxSecretAccess.All;

    // The generated one would print the secret.
    public override string ToString() => ClientId;
}
