using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.Salesforce;

/// <summary>Salesforce: tokens that do not tell when they end, and an address of one's own.</summary>
internal static class SalesforceEndpoints
{
    public const string Prefix = "/salesforce";

    public static IEnumerable<Endpoint> Create(SandboxState state)
    {
        var login = new SalesforceLogin(state);
        var user = new SalesforceUser(state);
        return
        [
            new Endpoint("POST", Prefix + "/services/oauth2/token", login.Token),
            new Endpoint("POST", Prefix + "/services/oauth2/revoke", login.Revoke),
            new Endpoint("GET", Prefix + "/services/oauth2/userinfo", user.Info),
        ];
    }
}
