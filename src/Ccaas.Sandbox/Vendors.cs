using Ccaas.Sandbox.AuthorizationServer;
using Ccaas.Sandbox.Genesys;
using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.KeyVault;
using Ccaas.Sandbox.NiceCxone;
using Ccaas.Sandbox.Salesforce;
using Ccaas.Sandbox.SecretsManager;
using Ccaas.Sandbox.Talkdesk;
using Ccaas.Sandbox.Zoom;

namespace Ccaas.Sandbox;

/// <summary>The vendors that the sandbox emulates: one folder and one line each.</summary>
internal static class Vendors
{
    public static IReadOnlyList<Vendor> All { get; } =
    [
        new("Genesys Cloud", "/oauth/token", GenesysEndpoints.Create) { Faults = GenesysFaults.Kinds },
        new("NICE CXone", "/cxone/auth/token", NiceCxoneEndpoints.Create),
        new("any OAuth 2.0 server", "/as/token", AuthorizationServerEndpoints.Create),
        new("Zoom", "/zoom/oauth/token", ZoomEndpoints.Create),
        new("Talkdesk", "/talkdesk/oauth/token", TalkdeskEndpoints.Create),
        new("Salesforce", "/salesforce/services/oauth2/token", SalesforceEndpoints.Create),
        new("Azure Key Vault", null, KeyVaultEndpoints.Create),
        new("AWS Secrets Manager", null, SecretsManagerEndpoints.Create),
    ];
}

/// <summary>A vendor that the sandbox emulates.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="TokenPath">The path of its token endpoint; null: it is not a contact center.</param>
/// <param name="Endpoints">Its endpoints.</param>
internal sealed record Vendor(string Name, string? TokenPath, Func<SandboxState, IEnumerable<Endpoint>> Endpoints)
{
    /// <summary>Its own faults, by the kind in an order.</summary>
    public IReadOnlyDictionary<string, Func<FaultOrder, Fault>> Faults { get; init; } = new Dictionary<string, Func<FaultOrder, Fault>>();
}
