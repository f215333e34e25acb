namespace Ccaas.Sandbox;

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
