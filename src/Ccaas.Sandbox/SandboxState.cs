using Ccaas.Sandbox.KeyVault;
using Ccaas.Sandbox.OAuth;
using Ccaas.Sandbox.SecretsManager;
using Ccaas.Sandbox.Tls;

namespace Ccaas.Sandbox;

/// <summary>What the vendors' endpoints share: who exists, which tokens are out, and how both are asked for.</summary>
internal sealed class SandboxState
{
    public SandboxState(SandboxOptions options, SandboxCertificates certificates)
    {
        Clients = options.Clients;
        Clock = options.TimeProvider;
        Tokens = new IssuedTokens(options);
        Forms = new ClientForms(new ClientAuthentication(Clients, new ClientAssertions(Clients, Clock), certificates));
        Bearers = new BearerRequests(Tokens);
        Entra = options.Entra;
        EntraTokens = new EntraTokens(Entra, Clock);
        Aws = options.Aws;
        AwsKeys = new AwsKeys(Aws, Clock);
        Secrets = new SandboxSecrets(Clock);
    }

    public IReadOnlyList<SandboxClient> Clients { get; }

    public TimeProvider Clock { get; }

    public IssuedTokens Tokens { get; }

    public ClientForms Forms { get; }

    public BearerRequests Bearers { get; }

    public SandboxEntra Entra { get; }

    public EntraTokens EntraTokens { get; }

    public SandboxAws Aws { get; }

    public AwsKeys AwsKeys { get; }

    public SandboxSecrets Secrets { get; }
}
