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
