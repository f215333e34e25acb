using System.Text.Json;
using System.Text.Json.Nodes;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests;

/// <summary>
/// A certified client, openid-client, takes the sandbox for an authorization server: metadata, token, introspection, revocation.
/// </summary>
public sealed class OpenIdClientTests
{
    // Every character that form encoding changes.
    private const string Secret = "pi+per%2F/at=the&gate~of dawn";

    [VendorClientTheory]
    [InlineData("client_secret_basic", null)]
    [InlineData("client_secret_post", null)]
    [InlineData("private_key_jwt", "ES256")]
    [InlineData("private_key_jwt", "RS256")]
    [InlineData("private_key_jwt", "PS256")]
    [InlineData("tls_client_auth", null)]
    public async Task Client_obtains_introspects_and_revokes_a_token(string method, string? algorithm)
    {
        var key = algorithm == "ES256" ? TestKey.Ec : TestKey.Rsa;
        await using var world = await World.TerminalAsync(options => options with
        {
            Clients = [options.Clients[0] with { ClientSecret = Secret, PublicKeyPem = key.PublicPem }],
        });
        var credentials = new JsonObject { ["id"] = Canary.ClientId, ["method"] = method };
        switch (method)
        {
            case "private_key_jwt":
                (credentials["key"], credentials["algorithm"]) = (key.PrivatePem, algorithm);
                break;
            case "tls_client_auth":
                var certificate = world.Sandbox.IssueClientCertificate(Canary.ClientId);
                (credentials["certificate"], credentials["key"]) = (certificate.CertificatePem, certificate.KeyPem);
                break;
            default:
                credentials["secret"] = Secret;
                break;
        }

        var told = await VendorClient.RunAsync("openid", world, credentials);

        Assert.Equal(new Uri(world.Sandbox.HttpsAddress, "as").ToString(), told.GetProperty("issuer").GetString());
        Assert.Equal((true, Canary.ClientId), (IsActive(told, "before"), told.GetProperty("before").GetProperty("client_id").GetString()));
        Assert.False(IsActive(told, "after"));
        Assert.Equal(
            ["GET /as/.well-known/openid-configuration 200", "GET /.well-known/oauth-authorization-server/as 200", "POST /as/token 200",
                "POST /as/introspect 200", "POST /as/revoke 200", "POST /as/introspect 200"],
            world.Sandbox.Requests.Select(request => $"{request.Method} {request.Path} {request.Status}"));
    }

    [VendorClientTheory]
    [InlineData("client_secret_basic")]
    [InlineData("client_secret_post")]
    public async Task Wrong_secret_is_refused(string method)
    {
        await using var world = await World.TerminalAsync();

        var (exitCode, output, error) =
            await VendorClient.TryAsync("openid", world,
            new JsonObject { ["id"] = Canary.ClientId, ["method"] = method, ["secret"] = "another" });

        Assert.NotEqual(0, exitCode);
        Assert.Empty(output);
        // RFC 9110 section 11.6.1: every 401 comes with one.
        Assert.Contains("OAUTH_WWW_AUTHENTICATE_CHALLENGE", error, StringComparison.Ordinal);
        Assert.Equal(401, world.Sandbox.Requests[^1].Status);
    }

    private static bool IsActive(JsonElement told, string when) => told.GetProperty(when).GetProperty("active").GetBoolean();
}
