using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.NiceCxone;

/// <summary>What the issuer tells everybody about itself (OpenID Connect Discovery section 3).</summary>
internal static class NiceCxoneMetadata
{
    private static readonly string[] GrantTypes = ["authorization_code", "password", "refresh_token"];
    private static readonly string[] Methods = ["client_secret_basic"];
    private static readonly string[] ResponseTypes = ["code"];
    private static readonly string[] SubjectTypes = ["public"];
    private static readonly string[] Algorithms = ["RS256"];

    /// <summary>No revocation endpoint: none is known of this vendor.</summary>
    public static Response OpenId(Incoming request)
    {
        var issuer = request.Origin + NiceCxoneEndpoints.Prefix;
        return ForBare(request, new
        {
            issuer,
            // The specification wants it named; the sandbox has no people who could sign in there.
            authorization_endpoint = issuer + "/auth/authorize",
            token_endpoint = issuer + "/auth/token",
            userinfo_endpoint = issuer + "/auth/userinfo",
            jwks_uri = issuer + "/auth/jwks",
            grant_types_supported = GrantTypes,
            response_types_supported = ResponseTypes,
            subject_types_supported = SubjectTypes,
            id_token_signing_alg_values_supported = Algorithms,
            token_endpoint_auth_methods_supported = Methods,
        });
    }

    /// <summary>Empty: the signatures of the sandbox's id tokens are noise.</summary>
    public static Response Keys(Incoming request) => ForBare(request, new { keys = Array.Empty<object>() });

    private static Response ForBare(Incoming request, object document) => request.IsBare
        ? Response.Json(200, document)
        : NiceCxoneResponse.Error(BearerProblem.NotBare);
}

/// <summary>The id token that comes with every token of an access key. Its tenant is what clients read it for.</summary>
internal sealed class NiceCxoneIdToken(SandboxState state)
{
    public string Issue(Incoming request, SandboxClient client)
    {
        var now = state.Clock.GetUtcNow().ToUnixTimeSeconds();
        return state.Tokens.IssueIdToken(new
        {
            iss = request.Origin + NiceCxoneEndpoints.Prefix,
            sub = SandboxUser.Id,
            aud = client.ClientId,
            iat = now,
            exp = now + state.Tokens.Lifetime,
            tenantId = client.OrganizationId,
        });
    }
}

/// <summary>The addresses of a tenant's area. Clients have to request them, not know them.</summary>
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
            // Not one of the vendor's hosts: a client that builds an address from it must not send credentials there.
            domain = "sandbox.invalid",
            acdDomain = "acd.sandbox.invalid",
            uhDomain = "hub.sandbox.invalid",
            tenantId = tenant.Value,
        });
    }
}

/// <summary>No such addresses are known from the vendor, but a tutorial in circulation gives them, so its readers try them.</summary>
internal sealed class NiceCxoneTutorial(SandboxState state)
{
    private static readonly FormRules Rules = new()
    {
        GrantType = "client_credentials",
        Optional = ["scope"],
        Methods = ClientMethods.Basic,
        RawBasic = true,
    };

    public Response Token(Incoming request) =>
        state.Forms.Respond(request, Rules, OAuthResponse.Error, (_, client) => OAuthResponse.Token(new
        {
            access_token = state.Tokens.Issue(client),
            token_type = "Bearer",
            expires_in = state.Tokens.Lifetime,
        }));

    public Response Account(Incoming request) => state.Bearers.Respond(request, Refuse, (_, client) => client.MayReadOrganization
        ? Response.Json(200, new { id = client.OrganizationId, name = client.OrganizationName })
        : OAuthResponse.Error(new Refusal(403, "insufficient_scope", "the client may not read its account")));

    private static Response Refuse(BearerProblem problem)
    {
        var refusal = NiceCxoneResponse.Refuse(problem);
        return NiceCxoneResponse.Challenge(refusal, OAuthResponse.Error(refusal));
    }
}
