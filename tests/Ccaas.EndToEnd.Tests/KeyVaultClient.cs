using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Ccaas.Sandbox;

namespace Ccaas.EndToEnd.Tests;

/// <summary>Azure's own clients of the vault and of the directory, pointed at the sandbox and trusting its authority alone.</summary>
internal static class KeyVaultClient
{
    public static SecretClient Of(SandboxServer sandbox, TokenCredential credential, int retries = 0) => new(
        sandbox.HttpsAddress,
        credential,
        new SecretClientOptions
        {
            Transport = Transport(sandbox),
            // The sandbox's vault is no host below vault.azure.net, which is where its challenge points.
            DisableChallengeResourceVerification = true,
            Retry = { MaxRetries = retries, Delay = TimeSpan.FromMilliseconds(1) },
        });

    public static ClientSecretCredential Secret(SandboxServer sandbox, string tenant, string clientId, string secret) => new(
        tenant,
        clientId,
        secret,
        new ClientSecretCredentialOptions
        {
            Transport = Transport(sandbox),
            AuthorityHost = sandbox.HttpsAddress,
            // It would ask the real directory whether the authority is a known one.
            DisableInstanceDiscovery = true,
            Retry = { MaxRetries = 0 },
        });

    public static ClientAssertionCredential Assertion(SandboxServer sandbox, string tenant, string clientId, string assertion) => new(
        tenant,
        clientId,
        () => assertion,
        new ClientAssertionCredentialOptions
        {
            Transport = Transport(sandbox),
            AuthorityHost = sandbox.HttpsAddress,
            DisableInstanceDiscovery = true,
            Retry = { MaxRetries = 0 },
        });

    public static ManagedIdentityCredential ManagedIdentity(SandboxServer sandbox) => new(
        new ManagedIdentityCredentialOptions(ManagedIdentityId.SystemAssigned)
        {
            Transport = new HttpClientTransport(new MetadataAddress(sandbox)),
            Retry = { MaxRetries = 0 },
        });

    private static HttpClientTransport Transport(SandboxServer sandbox) => new(Handler(sandbox));

    private static SocketsHttpHandler Handler(SandboxServer sandbox)
    {
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.ImportFromPem(sandbox.CertificateAuthorityPem);
        return new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions =
            new SslClientAuthenticationOptions { CertificateChainPolicy = trust }
        };
    }

    /// <summary>Sends to the sandbox what is meant for the fixed address of the machine's metadata service.</summary>
    private sealed class MetadataAddress(SandboxServer sandbox) : DelegatingHandler(Handler(sandbox))
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.Equal("169.254.169.254", request.RequestUri!.Host);
            request.RequestUri = new Uri(sandbox.HttpAddress, request.RequestUri.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
