using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Ccaas.Sandbox.KeyVault;

/// <summary>The tokens for the vault that are out, and whose they are.</summary>
internal sealed class EntraTokens(SandboxEntra entra, TimeProvider clock)
{
    /// <summary>The one audience that tokens are issued for.</summary>
    public const string Resource = "https://vault.azure.net";

    private readonly ConcurrentDictionary<string, (SandboxEntraClient Client, DateTimeOffset ExpiresAt)> _tokens =
        new(StringComparer.Ordinal);

    /// <summary>Seconds.</summary>
    public int Lifetime => entra.TokenLifetime;

    public string Issue(SandboxEntraClient client)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(96));
        _tokens[token] = (client, clock.GetUtcNow().AddSeconds(Lifetime));
        return token;
    }

    /// <summary>Null for a token that was never issued.</summary>
    public SandboxEntraClient? Find(string token, out bool expired)
    {
        var found = _tokens.TryGetValue(token, out var issued);
        expired = found && clock.GetUtcNow() >= issued.ExpiresAt;
        return found ? issued.Client : null;
    }
}

/// <summary>What the vault, its directory and the metadata service share.</summary>
internal sealed class VaultState(SandboxState shared)
{
    public TimeProvider Clock => shared.Clock;

    public SandboxEntra Entra => shared.Options.Entra;

    public EntraTokens EntraTokens { get; } = new(shared.Options.Entra, shared.Clock);

    public SandboxSecretStore Store => shared.Secrets.KeyVault;
}
