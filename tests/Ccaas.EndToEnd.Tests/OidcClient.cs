using System.Text.Json.Nodes;

namespace Ccaas.EndToEnd.Tests;

/// <summary>Clients as the authorization server registers them, RFC 7591 §2. What is not said here is in its defaults.</summary>
internal static class OidcClient
{
    public static JsonObject WithSecret(string id, string secret, string? scope = null)
    {
        // Good for client_secret_basic and client_secret_post: this server does not tell the two apart.
        var client = new JsonObject
        {
            ["client_id"] = id,
            ["client_secret"] = secret,
            [
            "token_endpoint_auth_method"] = "client_secret_basic"
        };
        if (scope is not null)
        {
            client["scope"] = scope;
        }

        return client;
    }

    public static JsonObject WithKey(string id, SigningKey key, string algorithm, string? keyId = null) => new()
    {
        ["client_id"] = id,
        ["token_endpoint_auth_method"] = "private_key_jwt",
        ["token_endpoint_auth_signing_alg"] = algorithm,
        ["jwks"] = new JsonObject { ["keys"] = new JsonArray(key.PublicJwk(keyId)) },
    };

    /// <param name="id">The client's id.</param>
    /// <param name="name">The common name of its certificate, to which its tokens are bound.</param>
    public static JsonObject WithCertificate(string id, string name) => new()
    {
        ["client_id"] = id,
        ["token_endpoint_auth_method"] = "tls_client_auth",
        ["tls_client_auth_subject_dn"] = $"CN={name}",
        ["tls_client_certificate_bound_access_tokens"] = true,
    };
}
