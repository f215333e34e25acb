using System.Text;
using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.Salesforce;

/// <summary>Whose a token is. What is wrong with one is said in a word of plain text.</summary>
internal sealed class SalesforceUser(SandboxState state, string prefix)
{
    /// <summary>The address that identifies a user, and that tells about it.</summary>
    public static string Address(Incoming request, string prefix, SandboxClient client) =>
        $"{request.Origin}{prefix}/id/{SalesforceId.Organization(client)}/{SalesforceId.User}";

    public Response Info(Incoming request) => state.Bearers.Respond(request, Refuse, (_, client) => Response.Json(200, new
    {
        sub = Address(request, prefix, client),
        user_id = SalesforceId.User,
        organization_id = SalesforceId.Organization(client),
        preferred_username = SandboxUser.Email,
    }));

    /// <summary>Clients ask for a format, and repeat the token in the query.</summary>
    public Response Identity(Incoming request) => state.Bearers.Respond(request, Refuse, (_, client) =>
        request.Origin + request.Path == Address(request, prefix, client)
            ? Response.Json(200, new
            {
                id = Address(request, prefix, client),
                asserted_user = true,
                user_id = SalesforceId.User,
                organization_id = SalesforceId.Organization(client),
                username = SandboxUser.Email,
                display_name = SandboxUser.Name,
                email = SandboxUser.Email,
                active = true,
                urls = new
                {
                    rest = $"{request.Origin}{prefix}/services/data/v{{version}}/",
                    sobjects = $"{request.Origin}{prefix}/services/data/v{{version}}/sobjects/",
                    query = $"{request.Origin}{prefix}/services/data/v{{version}}/query/",
                },
            })
            : Text(403, "Wrong_Org"), takesQuery: true);

    private static Response Refuse(BearerProblem problem) => problem switch
    {
        BearerProblem.Missing => Text(403, "Missing_OAuth_Token"),
        BearerProblem.NotBare => Text(400, "The sandbox expects neither a query nor a body here."),
        _ => Text(403, "Bad_OAuth_Token"),
    };

    private static Response Text(int status, string text) => new(status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));
}
