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
