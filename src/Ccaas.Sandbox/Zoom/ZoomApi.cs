using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.Zoom;

/// <summary>The API host: who am I, and of which account.</summary>
internal sealed class ZoomApi(SandboxState state)
{
    public const string Scope = "user:read:user:admin";

    public Response Me(Incoming request) => state.Bearers.Respond(request, Refuse, (_, client) => client.MayReadOrganization
        ? Response.Json(200, new
        {
            id = SandboxUser.Id,
            account_id = client.Account,
            email = SandboxUser.Email,
            company = client.OrganizationName,
        })
        : Error(400, 4711, $"Invalid access token, does not contain scopes:[{Scope}]."));

    private static Response Refuse(BearerProblem problem) => problem == BearerProblem.NotBare
        ? Error(400, 300, "The sandbox expects neither a query nor a body here.")
        : Error(401, 124, "Invalid access token.");

    private static Response Error(int status, int code, string message) => Response.Json(status, new { code, message });
}
