using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.Genesys;

/// <summary>Genesys Cloud: the login host and the part of the API host that a service account needs for itself.</summary>
internal static class GenesysEndpoints
{
    public static IEnumerable<Endpoint> Create(SandboxState state)
    {
        var login = new GenesysLogin(state);
        var api = new GenesysApi(state);
        return
        [
            new Endpoint("POST", "/oauth/token", login.Token),
            // No such address is known from the vendor, but a tutorial in circulation gives it, so its readers try it.
            new Endpoint("POST", "/api/v2/oauth/token", login.Token),
            new Endpoint("GET", "/api/v2/organizations/me", api.Organization),
            new Endpoint("GET", "/api/v2/tokens/me", api.Token),
            new Endpoint("HEAD", "/api/v2/tokens/me", api.Check),
            new Endpoint("DELETE", "/api/v2/tokens/me", api.Revoke),
        ];
    }
}

/// <summary>The token endpoint, for the client credentials grant only. Stricter than the vendor, so that a mistake shows.</summary>
internal sealed class GenesysLogin(SandboxState state)
{
    // A scope is refused like any other field: what a client credentials token may do comes from the client's roles.
    private static readonly FormRules Rules = new() { GrantType = "client_credentials", Methods = ClientMethods.Basic };

    public Response Token(Incoming request)
    {
        if (!FormRequest.TryRead(request, out var form, out var unreadable))
        {
            return GenesysLoginResponse.Error(unreadable);
        }

        // Not the common way of a form: this vendor has no 401 for a client that it does not know.
        if (BasicCredentials.Parse(request.Header("Authorization"), out var problem) is not { } credentials)
        {
            return GenesysLoginResponse.Error(Refusal.InvalidRequest(problem));
        }

        if ((form.CheckFields(Rules) ?? form.CheckGrant("client_credentials")) is { } refusal)
        {
            return GenesysLoginResponse.Error(refusal);
        }

        return state.Clients.FirstOrDefault(c => credentials.IsIdOf(c, raw: true) && credentials.IsSecretOf(c, raw: true)) is { } client
            ? OAuthResponse.Token(new
            {
                access_token = state.Tokens.Issue(client),
                token_type = "bearer",
                expires_in = state.Tokens.Lifetime,
            })
            : GenesysLoginResponse.Error(new Refusal(400, "invalid_client", "authentication failed"));
    }
}

/// <summary>Error responses of the login host.</summary>
internal static class GenesysLoginResponse
{
    /// <summary>The text is sent twice: once under the vendor's own name, once under the RFC's.</summary>
    public static Response Error(Refusal refusal) => OAuthResponse.Error(
        refusal, new { error = refusal.Error, description = refusal.Description, error_description = refusal.Description });
}

/// <summary>The API host: who am I, what is my token, and take it back.</summary>
internal sealed class GenesysApi(SandboxState state)
{
    public Response Organization(Incoming request) => ForTokenOf(request, (_, client) => client.MayReadOrganization
        ? GenesysResponse.Ok(new
        {
            id = client.OrganizationId,
            name = client.OrganizationName,
            // The Terraform provider reads it of every organization.
            defaultCountryCode = "US",
            defaultLanguage = "en-us",
            domain = client.OrganizationName.ToLowerInvariant().Replace(' ', '-'),
            version = 1,
            state = "active",
            productPlatform = "PureCloud",
            selfUri = "/api/v2/organizations/me",
        })
        : GenesysResponse.Error(403, "missing.any.permissions", "The client holds none of the permissions that this needs."));

    public Response Token(Incoming request) => ForTokenOf(request, (_, client) => GenesysResponse.Ok(new Dictionary<string, object>
    {
        ["organization"] = new { id = client.OrganizationId, name = client.OrganizationName },
        // Not in camel case, other than everything else.
        ["OAuthClient"] = new { id = client.ClientId },
    }));

    public Response Check(Incoming request) => ForTokenOf(request, (_, _) => GenesysResponse.NoContent());

    public Response Revoke(Incoming request) => ForTokenOf(request, (token, _) =>
    {
        state.Tokens.Revoke(token);
        return GenesysResponse.NoContent();
    });

    private Response ForTokenOf(Incoming request, Func<string, SandboxClient, Response> response) =>
        state.Bearers.Respond(request, Refuse, response);

    private static Response Refuse(BearerProblem problem) => problem switch
    {
        BearerProblem.Missing => GenesysResponse.Error(401, "authentication.required", "No bearer token came with the request."),
        BearerProblem.Unknown => GenesysResponse.Error(401, "bad.credentials", "The token is not one of ours, or was revoked."),
        BearerProblem.Expired => GenesysResponse.Error(401, "credentials.expired", "The token has expired."),
        _ => GenesysResponse.Error(400, "bad.request", "The sandbox expects neither a query nor a body here."),
    };
}

/// <summary>What all responses of the API host have: a correlation id, and one format for errors.</summary>
internal static class GenesysResponse
{
    public static Response Ok(object body) => Correlated(NewCorrelationId(), Response.Json(200, body));

    public static Response NoContent() => Correlated(NewCorrelationId(), Response.Empty(204));

    public static Response Error(int status, string code, string message)
    {
        var id = NewCorrelationId();
        return Correlated(id, Response.Json(status, new
        {
            message,
            code,
            status,
            contextId = id,
            details = Array.Empty<object>(),
            errors = Array.Empty<object>(),
        }));
    }

    private static string NewCorrelationId() => Guid.NewGuid().ToString();

    private static Response Correlated(string id, Response response) => response.With("ININ-Correlation-Id", id);
}

/// <summary>Faults of Genesys Cloud for <see cref="FaultSchedule"/>.</summary>
public static class GenesysFaults
{
    internal static IReadOnlyDictionary<string, Func<FaultOrder, Fault>> Kinds { get; } = new Dictionary<string, Func<FaultOrder, Fault>>
    {
        ["rate-limited-400"] = _ => RateLimited400(),
        ["api-error"] = order => ApiError(order.Need(order.Status, "status"), order.Need(order.Code, "code"), order.Message ?? ""),
    };

    /// <summary>The login host reports its rate limit with status 400.</summary>
    public static Fault RateLimited400() =>
        Fault.Fixed("rate-limited-400", 400, _ => GenesysLoginResponse.Error(
            Refusal.InvalidRequest("rate limit exceeded; the sandbox was told to say so")));

    /// <summary>An error of the API.</summary>
    public static Fault ApiError(int status, string code, string message) =>
        Fault.Fixed("api-error", status, _ => GenesysResponse.Error(status, code, message));
}
