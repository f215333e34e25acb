using System.Text.RegularExpressions;
using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.Salesforce;

/// <summary>What clients ask the REST API first: which versions there are, who the user is, and what kind of organization it is.</summary>
internal sealed partial class SalesforceApi(SandboxState state, string prefix)
{
    private static readonly string[] Numbers = ["62.0", "63.0", "64.0"];

    /// <summary>The one address of the API that asks for no token.</summary>
    public static Response Versions() => Response.Json(200, Numbers.Select(number => new
    {
        label = $"Release {number}",
        url = $"/services/data/v{number}",
        version = number,
    }));

    public Response Resources(Incoming request) => ForTokenOf(request, client => Response.Json(200, new
    {
        identity = SalesforceUser.Address(request, prefix, client),
        query = $"{request.Path}/query",
        sobjects = $"{request.Path}/sobjects",
    }));

    public Response User(Incoming request) => ForTokenOf(request, _ => request.Path.EndsWith($"/{SalesforceId.User}", StringComparison.Ordinal)
        ? Response.Json(200, new Dictionary<string, string>
        {
            ["Id"] = SalesforceId.User,
            ["Username"] = SandboxUser.Email,
            ["Name"] = SandboxUser.Name,
            ["Email"] = SandboxUser.Email,
        })
        : Error(404, "NOT_FOUND", "Provided external ID field does not exist or is not accessible"));

    public Response Query(Incoming request) => ForTokenOf(request, client =>
    {
        var fields = FormBody.Parse(request.Query).ToLookup(field => field.Key, field => field.Value);
        if (OrganizationQuery().Match(fields["q"].FirstOrDefault() ?? "") is not { Success: true } query)
        {
            return Error(400, "INVALID_TYPE", "The sandbox supports queries of Organization alone.");
        }

        var organization = Organization(client);
        var names = query.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries);
        return Array.Find(names, name => !organization.ContainsKey(name)) is { } unknown
            ? Error(400, "INVALID_FIELD", $"No such column '{unknown}' on entity 'Organization'.")
            // The command-line tool first asks what it will get.
            : fields["columns"].Contains("true")
            ? Response.Json(200, new { columnMetadata = names.Select(name => new { columnName = name, displayName = name, aggregate = false }) })
            : Response.Json(200, new { totalSize = 1, done = true, records = new[] { names.ToDictionary(name => name, name => organization[name]) } });
    });

    private static Dictionary<string, object?> Organization(SandboxClient client) => new()
    {
        ["Id"] = SalesforceId.Organization(client),
        ["Name"] = client.OrganizationName,
        ["InstanceName"] = "SBX1",
        ["IsSandbox"] = false,
        ["TrialExpirationDate"] = null,
        ["NamespacePrefix"] = null,
        ["OrganizationType"] = "Developer Edition",
    };

    private Response ForTokenOf(Incoming request, Func<SandboxClient, Response> response) =>
        state.Bearers.Respond(request, Refuse, (_, client) => response(client), takesQuery: true);

    private static Response Refuse(BearerProblem problem) => problem == BearerProblem.NotBare
        ? Error(400, "JSON_PARSER_ERROR", "The sandbox expects no body here.")
        : Error(401, "INVALID_SESSION_ID", "Session expired or invalid");

    private static Response Error(int status, string errorCode, string message) => Response.Json(status, new[] { new { message, errorCode } });

    [GeneratedRegex(@"\Aselect\s+([\w\s,]+?)\s+from\s+organization\z", RegexOptions.IgnoreCase)]
    private static partial Regex OrganizationQuery();
}
