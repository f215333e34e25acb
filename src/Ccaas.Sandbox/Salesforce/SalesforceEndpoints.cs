using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.Salesforce;

/// <summary>Salesforce: tokens that do not tell when they end, and an address of one's own.</summary>
internal static class SalesforceEndpoints
{
    // At the vendor, an organization is at the root of its host; and the command-line tool doubles the slash there.
    private static readonly string[] Prefixes = ["/salesforce", "", "/"];

    public static IEnumerable<Endpoint> Create(SandboxState state) => Prefixes.SelectMany(prefix => Create(state, prefix));

    private static IEnumerable<Endpoint> Create(SandboxState state, string prefix)
    {
        var login = new SalesforceLogin(state, prefix);
        var user = new SalesforceUser(state, prefix);
        var api = new SalesforceApi(state, prefix);
        return
        [
            new Endpoint("POST", prefix + "/services/oauth2/token", login.Token),
            new Endpoint("POST", prefix + "/services/oauth2/revoke", login.Revoke),
            new Endpoint("GET", prefix + "/services/oauth2/userinfo", user.Info),
            new Endpoint("GET", prefix + "/id/{organization}/{user}", user.Identity),
            new Endpoint("GET", prefix + "/services/data", _ => SalesforceApi.Versions()),
            new Endpoint("GET", prefix + "/services/data/{version}", api.Resources),
            new Endpoint("GET", prefix + "/services/data/{version}/query", api.Query),
            new Endpoint("GET", prefix + "/services/data/{version}/sobjects/User/{id}", api.User),
        ];
    }
}
