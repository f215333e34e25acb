using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests;

/// <summary>
/// @node-oauth/oauth2-server, which many small services are built on: a token endpoint without metadata, and Basic as it is sent.
/// </summary>
public sealed class NodeOAuthTests
{
    private const string ClientId = "nightly-build";
    private const string PlainSecret = "s3cr3t-of-the-nightly-build";

    // Every character that form encoding changes.
    private const string OddSecret = "s3cr3t+of%2F/the=nightly&build~ 1";

    [AuthorizationServerTheory]
    [InlineData("basic", PlainSecret)]
    [InlineData("basic-raw", OddSecret)]
    [InlineData("post", OddSecret)]
    public async Task Token_is_issued_and_opens_the_resource(string authentication, string secret)
    {
        await using var server = await StartAsync(secret);
        await using var world = await TerminalAsync(server, secret, authentication);
        world.Inputs["scope"] = "contacts:read";

        var run = await world.RunAsync();

        Assert.True(run.ExitCode == 0, run.Error);
        using var request = new HttpRequestMessage(HttpMethod.Get, At(server, "resource"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", run.Output.TrimEnd('\n'));
        var resource = JsonSerializer.Deserialize<JsonElement>(await server.SendAsync(request));
        Assert.Equal((ClientId, "contacts:read"),
            (resource.GetProperty("client").GetString(), resource.GetProperty("scope")[0].GetString()));
        // Rounded down by the server, from what is left of ten minutes.
        Assert.Matches("after (10 min|9 min 5. s)", run.Error);
        run.AssertHides(secret, ClientId);
    }

    /// <summary>It does not decode what RFC 6749 §2.3.1 has the client encode; the message leads to the way that it understands.</summary>
    [AuthorizationServerFact]
    public async Task Encoded_secret_is_refused_and_the_raw_one_suggested()
    {
        await using var server = await StartAsync(OddSecret);
        await using var world = await TerminalAsync(server, OddSecret, "basic");

        var run = await world.RunAsync();

        run.AssertEnded(exitCode: 3);
        Assert.Contains("basic-raw", run.Error, StringComparison.Ordinal);
        run.AssertHides(OddSecret, ClientId);
    }

    [AuthorizationServerTheory]
    [InlineData("basic", "client-secret", "another", "Token request, attempt 1 of 5: 401 Unauthorized")]
    [InlineData("post", "client-secret", "another", "Token request, attempt 1 of 5: 400 Bad Request")]
    [InlineData("basic", "scope", "contacts:write", "Token request, attempt 1 of 5: 400 Bad Request")]
    public async Task Refusal_is_explained_and_not_tried_again(string authentication, string input, string value, string line)
    {
        await using var server = await StartAsync(PlainSecret);
        await using var world = await TerminalAsync(server, PlainSecret, authentication);
        world.Inputs[input] = value;

        var run = await world.RunAsync();

        run.AssertEnded(exitCode: 3);
        Assert.Contains(line, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("attempt 2", run.Error, StringComparison.Ordinal);
        run.AssertHides(PlainSecret, ClientId);
    }

    private static Task<NodeServer> StartAsync(string secret) => NodeServer.StartAsync("node-oauth", new JsonObject
    {
        ["clients"] = new JsonArray(new JsonObject { ["id"] = ClientId, ["secret"] = secret, ["scope"] = new JsonArray("contacts:read") }),
    });

    private static async Task<World> TerminalAsync(NodeServer server, string secret, string authentication)
    {
        var world = await World.TerminalAsync();
        world.Give([("provider", "oauth2"), ("token-url", At(server, "token")), ("client-id", ClientId), ("client-secret", secret),
            ("client-authentication", authentication)]);
        return world;
    }

    private static string At(NodeServer server, string path) => $"{server.Addresses.GetProperty("address").GetString()}/{path}";
}
