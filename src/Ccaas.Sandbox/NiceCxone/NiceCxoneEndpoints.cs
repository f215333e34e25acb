using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.NiceCxone;

/// <summary>NICE CXone: its issuer with the two ways of an access key, its discovery, and a tutorial's addresses.</summary>
internal static class NiceCxoneEndpoints
{
    public const string Prefix = "/cxone";

    public static IEnumerable<Endpoint> Create(SandboxState state)
    {
        var tenant = new NiceCxoneTenant(state);
        var login = new NiceCxoneLogin(state);
        var accessKey = new NiceCxoneAccessKeyLogin(state);
        var tutorial = new NiceCxoneTutorial(state);
        return
        [
            new Endpoint("GET", Prefix + "/.well-known/openid-configuration", NiceCxoneMetadata.OpenId),
            new Endpoint("GET", Prefix + "/.well-known/cxone-configuration", tenant.Configuration),
            new Endpoint("GET", Prefix + "/auth/jwks", NiceCxoneMetadata.Keys),
            new Endpoint("POST", Prefix + "/auth/token", login.Token),
            new Endpoint("GET", Prefix + "/auth/userinfo", login.UserInfo),
            new Endpoint("POST", Prefix + "/authentication/v1/token/access-key", accessKey.Token),
            new Endpoint("POST", Prefix + "/oauth2/token", tutorial.Token),
            new Endpoint("GET", Prefix + "/api/v2/account", tutorial.Account),
        ];
    }
}
