using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.Zoom;

/// <summary>Zoom: server-to-server OAuth, and the one question that tells whether a token works.</summary>
internal static class ZoomEndpoints
{
    public const string Prefix = "/zoom";

    public static IEnumerable<Endpoint> Create(SandboxState state)
    {
        var login = new ZoomLogin(state);
        var api = new ZoomApi(state);
        return
        [
            new Endpoint("POST", Prefix + "/oauth/token", login.Token),
            new Endpoint("POST", Prefix + "/oauth/revoke", login.Revoke),
            new Endpoint("GET", Prefix + "/v2/users/me", api.Me),
        ];
    }
}
