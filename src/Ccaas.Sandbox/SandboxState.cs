using Ccaas.Sandbox.OAuth;
using Ccaas.Sandbox.Tls;

namespace Ccaas.Sandbox;

/// <summary>What the vendors' endpoints share: clients, issued tokens, and the checks of requests.</summary>
internal sealed class SandboxState
{
    public SandboxState(SandboxOptions options, SandboxCertificates certificates)
    {
        Options = options;
        Clients = options.Clients;
        Clock = options.TimeProvider;
        Tokens = new IssuedTokens(options);
        Forms = new ClientForms(new ClientAuthentication(Clients, new ClientAssertions(Clients, Clock), certificates));
        Bearers = new BearerRequests(Tokens);
        Secrets = new SandboxSecrets(Clock);
    }

    public IReadOnlyList<SandboxClient> Clients { get; }

    public TimeProvider Clock { get; }

    public IssuedTokens Tokens { get; }

    public ClientForms Forms { get; }

    public BearerRequests Bearers { get; }

    public SandboxOptions Options { get; }

    public SandboxSecrets Secrets { get; }
}
