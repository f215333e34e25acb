using System.Text;
using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.Salesforce;

/// <summary>Whose a token is. What is wrong with one is said in a word of plain text.</summary>
internal sealed class SalesforceUser(SandboxState state)
{
    public Answer Info(Incoming request) => state.Bearers.Answer(request, Refuse, (_, client) => Answer.Json(200, new
    {
        sub = $"{request.Origin}{SalesforceEndpoints.Prefix}/id/{client.OrganizationId}/{SandboxUser.Id}",
        user_id = SandboxUser.Id,
        organization_id = client.OrganizationId,
        preferred_username = SandboxUser.Email,
    }));

    private static Answer Refuse(BearerProblem problem) => problem switch
    {
        BearerProblem.Missing => Text(403, "Missing_OAuth_Token"),
        BearerProblem.NotBare => Text(400, "The sandbox expects neither a query nor a body here."),
        _ => Text(403, "Bad_OAuth_Token"),
    };

    private static Answer Text(int status, string text) => new(status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));
}
