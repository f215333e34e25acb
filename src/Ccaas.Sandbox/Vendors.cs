using Ccaas.Sandbox.AuthorizationServer;
using Ccaas.Sandbox.Genesys;
using Ccaas.Sandbox.KeyVault;
using Ccaas.Sandbox.NiceCxone;
using Ccaas.Sandbox.Salesforce;
using Ccaas.Sandbox.SecretsManager;
using Ccaas.Sandbox.Talkdesk;
using Ccaas.Sandbox.Zoom;

namespace Ccaas.Sandbox;

/// <summary>The vendors that the sandbox plays: one folder and one line each.</summary>
internal static class Vendors
{
    public static IReadOnlyList<Vendor> All { get; } =
    [
        new("Genesys Cloud", "/oauth/token", GenesysEndpoints.Create),
        new("NICE CXone", "/cxone/auth/token", NiceCxoneEndpoints.Create),
        new("any OAuth 2.0 server", "/as/token", AuthorizationServerEndpoints.Create),
        new("Zoom", "/zoom/oauth/token", ZoomEndpoints.Create),
        new("Talkdesk", "/talkdesk/oauth/token", TalkdeskEndpoints.Create),
        new("Salesforce", "/salesforce/services/oauth2/token", SalesforceEndpoints.Create),
        new("Azure Key Vault", null, KeyVaultEndpoints.Create),
        new("AWS Secrets Manager", null, SecretsManagerEndpoints.Create),
    ];
}
