using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests;

/// <summary>A client that authenticates with a signature, private_key_jwt, before a certified authorization server.</summary>
public sealed class OidcAssertionTests
{
    private const string ClientId = "signing-build";

    [AuthorizationServerTheory]
    [InlineData("RS256", null, null)]
    [InlineData("RS256", "RS256", "key of 2026/1")]
    [InlineData("PS256", "PS256", null)]
    [InlineData("PS256", "PS256", "key of 2026/1")]
    [InlineData("ES256", null, null)]
    [InlineData("ES256", "ES256", "key of 2026/1")]
    public async Task Client_is_known_by_its_signature(string algorithm, string? given, string? keyId)
    {
        var key = SigningKey.For(algorithm);
        await using var server = await OidcProvider.StartAsync(OidcClient.WithKey(ClientId, key, algorithm, keyId));
        await using var world = await SigningAsync(server, key);
        world.Inputs["signing-algorithm"] = given;
        world.Inputs["key-id"] = keyId;

        var run = await world.RunAsync();

        var introspection = await server.IntrospectAsync(run.AssertToken());
        Assert.True(introspection.IsActive);
        Assert.Equal(ClientId, introspection.ClientId);
        run.AssertHidesKey(key.Pem);
    }

    [AuthorizationServerTheory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public async Task Key_that_the_server_does_not_know_is_refused(string algorithm)
    {
        var key = SigningKey.For(algorithm);
        await using var server = await OidcProvider.StartAsync(OidcClient.WithKey(ClientId, SigningKey.For(algorithm), algorithm));
        await using var world = await SigningAsync(server, key);
        world.Inputs["signing-algorithm"] = algorithm;

        var run = await world.RunAsync();

        run.AssertEnded(exitCode: 3);
        Assert.Equal(["POST /token 401: invalid_client, signature verification failed"], await server.PostsAsync());
        run.AssertHidesKey(key.Pem);
    }

    [AuthorizationServerFact]
    public async Task Key_is_refused_when_it_goes_by_another_name()
    {
        var key = SigningKey.For("ES256");
        await using var server = await OidcProvider.StartAsync(OidcClient.WithKey(ClientId, key, "ES256", keyId: "of-this-year"));
        await using var world = await SigningAsync(server, key);
        world.Inputs["key-id"] = "of-last-year";

        var run = await world.RunAsync();

        run.AssertEnded(exitCode: 3);
        Assert.Equal(["POST /token 401: invalid_client, no applicable key found in the JSON Web Key Set"], await server.PostsAsync());
        run.AssertHidesKey(key.Pem);
    }

    /// <summary>
    /// Without discovery there is no issuer to address; the token endpoint's address is the other one that is accepted (RFC 7523
    /// §3).
    /// </summary>
    [AuthorizationServerFact]
    public async Task Assertion_is_meant_for_the_token_endpoint_when_no_issuer_is_known()
    {
        var key = SigningKey.For("ES256");
        await using var server = await OidcProvider.StartAsync(OidcClient.WithKey(ClientId, key, "ES256"));
        await using var world = await SigningAsync(server, key);
        world.Inputs.Remove("issuer");
        world.Inputs["token-url"] = server.TokenUrl;

        var run = await world.RunAsync();

        Assert.True((await server.IntrospectAsync(run.AssertToken())).IsActive);
        run.AssertHidesKey(key.Pem);
    }

    /// <summary>The server takes an assertion once. Where the answer was lost on its way, the one that was sent is used up.</summary>
    [AuthorizationServerFact]
    public async Task Assertion_is_made_anew_when_the_request_is_tried_again()
    {
        var key = SigningKey.For("ES256");
        await using var server = await OidcProvider.StartAsync(lost: 2, OidcClient.WithKey(ClientId, key, "ES256"));
        await using var world = await SigningAsync(server, key);

        var run = await world.RunAsync();

        Assert.True((await server.IntrospectAsync(run.AssertToken())).IsActive);
        Assert.Equal(["POST /token 503", "POST /token 503", "POST /token 200"], (await server.PostsAsync()).Take(3));
        run.AssertHidesKey(key.Pem);
    }

    private static async Task<World> SigningAsync(OidcProvider server, SigningKey key)
    {
        var world = await OidcRuns.TerminalAsync(server.Issuer, ClientId);
        world.Inputs["client-authentication"] = "private-key-jwt";
        world.Inputs["private-key"] = key.Pem;
        return world;
    }
}
