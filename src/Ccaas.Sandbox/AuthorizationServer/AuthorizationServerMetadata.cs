using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.AuthorizationServer;

/// <summary>The server's own description, RFC 8414 section 2.</summary>
internal static class AuthorizationServerMetadata
{
    private static readonly string[] GrantTypes = ["client_credentials"];
    private static readonly string[] Methods = ["client_secret_basic", "client_secret_post", "private_key_jwt", "tls_client_auth"];
    private static readonly string[] Algorithms = ["RS256", "PS256", "ES256"];

    public static Response Respond(Incoming request)
    {
        if (!request.IsBare)
        {
            return OAuthResponse.Error(Refusal.InvalidRequest("the sandbox expects neither a query nor a body here"));
        }

        var issuer = request.Origin + AuthorizationServerEndpoints.Prefix;
        return Http.Response.Json(200, new
        {
            issuer,
            token_endpoint = issuer + "/token",
            revocation_endpoint = issuer + "/revoke",
            introspection_endpoint = issuer + "/introspect",
            grant_types_supported = GrantTypes,
            response_types_supported = Array.Empty<string>(),
            token_endpoint_auth_methods_supported = Methods,
            token_endpoint_auth_signing_alg_values_supported = Algorithms,
            revocation_endpoint_auth_methods_supported = Methods,
            revocation_endpoint_auth_signing_alg_values_supported = Algorithms,
            introspection_endpoint_auth_methods_supported = Methods,
            introspection_endpoint_auth_signing_alg_values_supported = Algorithms,
        });
    }
}
