using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.SecretsManager;

/// <summary>AWS Secrets Manager, and where keys for it come from. Its clients are told a host and nothing more, so no prefix.</summary>
internal static class SecretsManagerEndpoints
{
    private const string Roles = "/latest/meta-data/iam/security-credentials/";

    public static IEnumerable<Endpoint> Create(SandboxState shared)
    {
        var state = new AwsState(shared);
        var api = new SecretsManagerApi(state);
        var sts = new SecurityTokenService(state);
        var container = new ContainerCredentials(state);
        var machine = new InstanceMetadata(state);
        return
        [
            // Two services that both live at the root of their hosts; only one of them is asked by forms.
            new Endpoint("POST", "/", request =>
                request.MediaType == "application/x-www-form-urlencoded" ? sts.Call(request) : api.Call(request)),
            // With and without the slash that clients put after an address with a path.
            new Endpoint("POST", "/sts", sts.Call),
            new Endpoint("POST", "/sts/", sts.Call),
            new Endpoint("GET", "/v2/credentials/{id}", _ => container.ByPath()),
            new Endpoint("GET", "/v1/credentials", container.ByToken),
            new Endpoint("PUT", "/latest/api/token", machine.Token),
            new Endpoint("GET", Roles, machine.Roles),
            new Endpoint("GET", Roles + "{role}", machine.Credentials),
        ];
    }
}
