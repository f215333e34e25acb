using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.SecretsManager;

/// <summary>
/// What a container is given: by a path on a fixed address without a word more, or by a full URI with a token.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
/// </summary>
internal sealed class ContainerCredentials(AwsState state)
{
    public Response ByPath() => Issue("ecs");

    public Response ByToken(Incoming request) => request.Header("Authorization") == state.Aws.ContainerAuthorizationToken
        ? Issue("eks")
        : Response.Json(401, new { code = "AccessDenied", message = "The authorization token is not the one that the container was given." });

    private Response Issue(string session)
    {
        if (state.Aws.Roles.FirstOrDefault(role => role.IsOfTheMachine) is not { } role)
        {
            return Response.Json(404, new { code = "NoRole", message = "The container has no role." });
        }

        var body = MachineKey.Show(state.AwsKeys.Issue(role, session));
        body["RoleArn"] = role.Arn;
        return Response.Json(200, body);
    }
}
