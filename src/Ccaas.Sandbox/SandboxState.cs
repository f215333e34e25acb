using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox;

/// <summary>What the vendors' endpoints share: who exists, and which tokens are out.</summary>
internal sealed record SandboxState(IReadOnlyList<SandboxClient> Clients, IssuedTokens Tokens)
{
    public SandboxClient? FindClient(string id, string secret) => Clients.FirstOrDefault(c => c.ClientId == id && c.ClientSecret == secret);
}
