using System.Text.Json;
using System.Text.Json.Serialization;
using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.NiceCxone;

/// <summary>NICE CXone: its issuer with the two ways of an access key, its discovery, and a tutorial's addresses.</summary>
internal static class NiceCxoneEndpoints
{
    public const string Prefix = "/cxone";

    public static IEnumerable<Endpoint> Create(SandboxState state)
    {
        var tenant = new NiceCxoneTenant(state);
        var login = new NiceCxoneLogin(state);
        var accessKey = new NiceCxoneAccessKeyLogin(state);
        var tutorial = new NiceCxoneTutorial(state);
        return
        [
            new Endpoint("GET", Prefix + "/.well-known/openid-configuration", NiceCxoneMetadata.OpenId),
            new Endpoint("GET", Prefix + "/.well-known/cxone-configuration", tenant.Configuration),
            new Endpoint("GET", Prefix + "/auth/jwks", NiceCxoneMetadata.Keys),
            new Endpoint("POST", Prefix + "/auth/token", login.Token),
            new Endpoint("GET", Prefix + "/auth/userinfo", login.UserInfo),
            new Endpoint("POST", Prefix + "/authentication/v1/token/access-key", accessKey.Token),
            new Endpoint("POST", Prefix + "/oauth2/token", tutorial.Token),
            new Endpoint("GET", Prefix + "/api/v2/account", tutorial.Account),
        ];
    }
}

/// <summary>The issuer: a client and an access key together give a token, and the token tells whose it is.</summary>
internal sealed class NiceCxoneLogin(SandboxState state)
{
    private static readonly FormRules Rules = new()
    {
        GrantType = "password",
        Required = ["username", "password"],
        // The metadata names Basic alone, but applications are registered for the form, too.
        Methods = ClientMethods.Basic | ClientMethods.Post,
        RawBasic = true,
    };

    private readonly NiceCxoneIdToken _idToken = new(state);

    public Response Token(Incoming request) => state.Forms.Respond(request, Rules, NiceCxoneResponse.Error, (form, client) =>
        client.HasAccessKey(form["username"], form["password"])
            ? OAuthResponse.Token(new
            {
                access_token = state.Tokens.Issue(client),
                token_type = "bearer",
                refresh_token = state.Tokens.IssueRefreshToken(),
                expires_in = state.Tokens.Lifetime,
                id_token = _idToken.Issue(request, client),
            })
            : NiceCxoneResponse.Error(new Refusal(400, "invalid_grant", "the access key is not valid")));

    public Response UserInfo(Incoming request) => state.Bearers.Respond(request, NiceCxoneResponse.Error, (_, _) => Response.Json(200, new
    {
        sub = SandboxUser.Id,
        name = SandboxUser.Name,
        given_name = SandboxUser.GivenName,
        family_name = SandboxUser.FamilyName,
        email = SandboxUser.Email,
    }));
}

/// <summary>The older way: an access key as JSON gives a token, without any client.</summary>
internal sealed class NiceCxoneAccessKeyLogin(SandboxState state)
{
    private readonly NiceCxoneIdToken _idToken = new(state);

    public Response Token(Incoming request)
    {
        if (Check(request) is { } refusal)
        {
            return NiceCxoneResponse.Error(refusal);
        }

        if (AccessKeyBody.Parse(request.Body) is not { } key)
        {
            return NiceCxoneResponse.Error(Refusal.InvalidRequest("the body must be {accessKeyId, accessKeySecret}, both text"));
        }

        return state.Clients.FirstOrDefault(c => c.HasAccessKey(key.AccessKeyId, key.AccessKeySecret)) is { } client
            ? OAuthResponse.Token(new
            {
                access_token = state.Tokens.Issue(client),
                token_type = "bearer",
                expires_in = state.Tokens.Lifetime,
                refresh_token = state.Tokens.IssueRefreshToken(),
                id_token = _idToken.Issue(request, client),
                resource_server_base_uri = $"{request.Origin}{NiceCxoneEndpoints.Prefix}/api/",
            })
            : NiceCxoneResponse.Error(new Refusal(401, "unauthorized", "the access key is not valid"));
    }

    private static Refusal? Check(Incoming request) => request switch
    {
        { MediaType: not "application/json" } => new Refusal(415, "invalid_request", "the body must be application/json"),
        { Query.Length: > 0 } => Refusal.InvalidRequest("the token endpoint takes no query"),
        // A client secret is not needed here, and must not be sent.
        _ when request.Header("Authorization") is not null => Refusal.InvalidRequest("this endpoint takes no client authentication"),
        _ => null,
    };
}

/// <summary>An access key as JSON: these two fields, and no other.</summary>
internal sealed record AccessKeyBody(
    [property: JsonPropertyName("accessKeyId")] string AccessKeyId,
    [property: JsonPropertyName("accessKeySecret")] string AccessKeySecret)
{
    /// <summary>Null if it is anything else.</summary>
    public static AccessKeyBody? Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<AccessKeyBody>(json, JsonSerializerOptions.Strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The generated one would print the secret.
    public override string ToString() => nameof(AccessKeyBody);
}

/// <summary>How the issuer words a refusal: RFC 6749's codes, and a description in camel case.</summary>
internal static class NiceCxoneResponse
{
    public static Response Error(Refusal refusal) =>
        OAuthResponse.Error(refusal, new { error = refusal.Error, errorDescription = refusal.Description });

    public static Response Error(BearerProblem problem)
    {
        var refusal = Refuse(problem);
        return Challenge(refusal, Error(refusal));
    }

    public static Refusal Refuse(BearerProblem problem) => problem switch
    {
        BearerProblem.Missing => new Refusal(401, "invalid_token", "no bearer token came with the request"),
        BearerProblem.Unknown => new Refusal(401, "invalid_token", "the token is not one of ours, or was revoked"),
        BearerProblem.Expired => new Refusal(401, "invalid_token", "the token has expired"),
        _ => Refusal.InvalidRequest("the sandbox expects neither a query nor a body here"),
    };

    /// <summary>RFC 6750 section 3: a 401 names the scheme.</summary>
    public static Response Challenge(Refusal refusal, Response response) =>
        refusal.Status == 401 ? response.With("WWW-Authenticate", $"Bearer error=\"{refusal.Error}\"") : response;
}
