using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.NiceCxone;

/// <summary>Where a tenant lives: the addresses of its area, which clients are to ask for and not to know.</summary>
internal sealed class NiceCxoneTenant(SandboxState state)
{
    public Response Configuration(Incoming request)
    {
        if (request.Body.Length > 0 || FormBody.Parse(request.Query) is not [{ Key: "tenantId" } tenant])
        {
            return NiceCxoneResponse.Error(Refusal.InvalidRequest("a query with tenantId and nothing else is expected"));
        }

        if (!state.Clients.Any(client => client.OrganizationId == tenant.Value))
        {
            return NiceCxoneResponse.Error(new Refusal(404, "not_found", "there is no such tenant"));
        }

        var issuer = request.Origin + NiceCxoneEndpoints.Prefix;
        return Response.Json(200, new
        {
            @private = false,
            ui_endpoint = issuer + "/ui",
            auth_endpoint = issuer,
            api_endpoint = issuer + "/api",
            area = "na1",
            cluster = "E32",
            // Not the vendor's: whoever puts an address together from it must not end up there with credentials.
            domain = "sandbox.invalid",
            acdDomain = "acd.sandbox.invalid",
            uhDomain = "hub.sandbox.invalid",
            tenantId = tenant.Value,
        });
    }
}
