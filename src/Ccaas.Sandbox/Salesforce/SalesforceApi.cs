using System.Security.Cryptography;
using System.Text;
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

    public Response User(Incoming request) =>
        ForTokenOf(request, _ => request.Path.EndsWith($"/{SalesforceId.User}", StringComparison.Ordinal)
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
            ? Response.Json(200,
                new { columnMetadata = names.Select(name => new { columnName = name, displayName = name, aggregate = false }) })
            : Response.Json(200,
                new { totalSize = 1, done = true, records = new[] { names.ToDictionary(name => name, name => organization[name]) } });
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

    private static Response Error(int status, string errorCode, string message) =>
        Response.Json(status, new[] { new { message, errorCode } });

    [GeneratedRegex(@"\Aselect\s+([\w\s,]+?)\s+from\s+organization\z", RegexOptions.IgnoreCase)]
    private static partial Regex OrganizationQuery();
}

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

/// <summary>
/// Ids as the vendor makes them: three characters for the kind of record, twelve more in which case counts, and three that
/// tell capital letters where case is lost.
/// </summary>
internal static class SalesforceId
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Checks = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    public static string Organization(SandboxClient client) => Of("00D", client.OrganizationId);

    public static string User { get; } = Of("005", SandboxUser.Id);

    /// <summary>The 15 characters that a token begins with and that Setup shows.</summary>
    public static string Short(string id) => id[..15];

    // An id of the vendor's is taken as it is; any other name always gives the same id.
    private static string Of(string kind, string name)
    {
        var id = name.StartsWith(kind, StringComparison.Ordinal) && name.Length is 15 or 18
            ? Short(name)
            : kind + string.Concat(SHA256.HashData(Encoding.UTF8.GetBytes(name)).Take(12).Select(number => Digits[number % Digits.Length]));
        return id + string.Concat(id.Chunk(5)
            .Select(part => Checks[part.Select((c, bit) => char.IsAsciiLetterUpper(c) ? 1 << bit : 0).Sum()]));
    }
}
