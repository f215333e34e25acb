using System.Globalization;

namespace Ccaas.EndToEnd.Tests;

/// <summary>A certified authorization server that the program was not made for: discovery, ids and secrets, what is asked for.</summary>
public sealed class OidcProviderTests
{
    private const string ClientId = "nightly-build";
    private const string Secret = "s3cr3t-of-the-nightly-build";

    /// <summary>
    /// An id and a secret with what form encoding, Basic and a percent sign make trouble of. RFC 6749 appendix A allows printable
    /// ASCII.
    /// </summary>
    public static TheoryData<string, string> OddCredentials => new()
    {
        { "build@example.com", "s3cr3t@example.com:with:colons" },
        { "build:agent:7", "100%s3cr3t%41%2B%zz-percent" },
        { "100%+1=101 build agent", "one + one = two s3cr3ts" },
        { "id!\"#$&'()*,-./;<>?[\\]^_`{|}~", "s3cr3t !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~" },
    };

    [AuthorizationServerTheory]
    [MemberData(nameof(OddCredentials))]
    public Task Client_is_known_by_an_odd_id_and_secret_when_they_are_sent_as_basic(string id, string secret) =>
        ClientIsKnownAsync(id, secret, "basic");

    [AuthorizationServerTheory]
    [MemberData(nameof(OddCredentials))]
    public Task Client_is_known_by_an_odd_id_and_secret_when_they_are_sent_as_post(string id, string secret) =>
        ClientIsKnownAsync(id, secret, "post");

    [AuthorizationServerFact]
    public async Task Step_publishes_the_token_when_nothing_but_issuer_and_client_is_given()
    {
        await using var server = await OidcProvider.StartAsync(OidcClient.WithSecret(ClientId, Secret));
        await using var world = await OidcRuns.GitHubAsync(server.Issuer, ClientId);
        world.Inputs["client-secret"] = Secret;

        var run = await world.RunAsync();

        var token = run.AssertToken();
        Assert.True((await server.IntrospectAsync(token)).IsActive);
        Assert.Equal(token, run.Exports["CCAAS_ACCESS_TOKEN"]);
        Assert.Equal("Bearer", run.Outputs["token-type"]);
        Assert.InRange(int.Parse(run.Outputs["expires-in"], CultureInfo.InvariantCulture), 590, 600);
        Assert.DoesNotContain(token, string.Join('\n', run.StepLog().Lines), StringComparison.Ordinal);
        run.AssertHides(Secret, ClientId);
    }

    [AuthorizationServerFact]
    public async Task Token_is_issued_without_discovery_when_the_address_is_given()
    {
        await using var server = await OidcProvider.StartAsync(OidcClient.WithSecret(ClientId, Secret));
        await using var world = await OidcRuns.TerminalAsync(server.Issuer, ClientId);
        world.Inputs.Remove("issuer");
        world.Inputs["token-url"] = server.TokenUrl;
        world.Inputs["client-secret"] = Secret;

        var run = await world.RunAsync();

        Assert.True((await server.IntrospectAsync(run.AssertToken())).IsActive);
        Assert.Equal("POST /token 200", (await server.RequestsAsync())[0]);
        run.AssertHides(Secret, ClientId);
    }

    [AuthorizationServerTheory]
    [InlineData("basic")]
    [InlineData("basic-raw")]
    [InlineData("post")]
    public async Task Wrong_secret_is_refused_and_not_tried_again(string authentication)
    {
        const string Wrong = "wr0ng-secret-of-yesterday";
        await using var server = await OidcProvider.StartAsync(OidcClient.WithSecret(ClientId, Secret));
        await using var world = await OidcRuns.TerminalAsync(server.Issuer, ClientId);
        world.Inputs["client-secret"] = Wrong;
        world.Inputs["client-authentication"] = authentication;

        var run = await world.RunAsync();

        run.AssertEnded(exitCode: 3);
        Assert.Equal(["POST /token 401: invalid_client, invalid secret provided"], await server.PostsAsync());
        run.AssertHides(Wrong, ClientId);
    }

    /// <summary>The server holds to RFC 6749 §2.3.1 and decodes what it is sent, so that a plus sign arrives as a space.</summary>
    [AuthorizationServerTheory]
    [InlineData("s3cr3t-without-anything-odd", 0, "200")]
    [InlineData("s3cr3t+with+plus+signs", 3, "401: invalid_client, invalid secret provided")]
    [InlineData("s3cr3t%with%percent%signs", 3, "400: invalid_request, URI malformed")]
    public async Task Secret_sent_raw_arrives_only_when_encoding_would_not_change_it(string secret, int exitCode, string answer)
    {
        await using var server = await OidcProvider.StartAsync(OidcClient.WithSecret(ClientId, secret));
        await using var world = await OidcRuns.TerminalAsync(server.Issuer, ClientId);
        world.Inputs["client-secret"] = secret;
        world.Inputs["client-authentication"] = "basic-raw";

        var run = await world.RunAsync();

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal([$"POST /token {answer}"], await server.PostsAsync());
        run.AssertHides(secret, ClientId);
    }

    /// <summary>
    /// RFC 6749 appendix A.2 has no room for such a secret, and this server lets nobody register one; it must not show all the
    /// same.
    /// </summary>
    [AuthorizationServerTheory]
    [InlineData("basic", "400: invalid_request, invalid character found")]
    [InlineData("post", "401: invalid_client, invalid secret provided")]
    public async Task Secret_beyond_ascii_is_refused_and_does_not_show(string authentication, string answer)
    {
        const string Beyond = "gr\u00fc\u00dfe-\u20ac-\U0001F511-geheim-\u00e4\u00f6\u00fc";
        await using var server = await OidcProvider.StartAsync(OidcClient.WithSecret(ClientId, Secret));
        await using var world = await OidcRuns.TerminalAsync(server.Issuer, ClientId);
        world.Inputs["client-secret"] = Beyond;
        world.Inputs["client-authentication"] = authentication;

        var run = await world.RunAsync();

        run.AssertEnded(exitCode: 3);
        Assert.Equal([$"POST /token {answer}"], await server.PostsAsync());
        run.AssertHides(Beyond, ClientId);
    }

    /// <summary>RFC 8414 §3.3: what another issuer says about itself is not to be believed.</summary>
    [AuthorizationServerFact]
    public async Task Credentials_stay_here_when_the_server_names_another_issuer()
    {
        await using var server = await OidcProvider.StartAsync(OidcClient.WithSecret(ClientId, Secret));
        await using var world = await OidcRuns.TerminalAsync(
            server.Issuer.Replace("127.0.0.1", "localhost", StringComparison.Ordinal), ClientId);
        world.Inputs["client-secret"] = Secret;

        var run = await world.RunAsync();

        run.AssertEnded(exitCode: 6);
        var requests = await server.RequestsAsync();
        Assert.NotEmpty(requests);
        Assert.All(requests, request => Assert.StartsWith("GET /.well-known/", request, StringComparison.Ordinal));
        run.AssertHides(Secret, ClientId);
    }

    [AuthorizationServerTheory]
    [InlineData("contacts:read", 0, "200")]
    [InlineData("contacts:read contacts:write", 3, "400: invalid_scope, requested scope is not allowed")]
    public async Task Scope_is_granted_only_when_the_client_may_have_it(string scope, int exitCode, string answer)
    {
        await using var server = await OidcProvider.StartAsync(OidcClient.WithSecret(ClientId, Secret, scope: "contacts:read"));
        await using var world = await OidcRuns.TerminalAsync(server.Issuer, ClientId);
        world.Inputs["client-secret"] = Secret;
        world.Inputs["scope"] = scope;

        var run = await world.RunAsync();

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal([$"POST /token {answer}"], await server.PostsAsync());
        if (exitCode == 0)
        {
            Assert.Equal(scope, (await server.IntrospectAsync(run.AssertToken())).Scope);
        }

        run.AssertHides(Secret, ClientId);
    }

    [AuthorizationServerFact]
    public async Task Token_is_for_the_resource_that_was_named()
    {
        const string Resource = "https://api.example/contacts?list=1+1&all";
        await using var server = await OidcProvider.StartAsync(OidcClient.WithSecret(ClientId, Secret));
        await using var world = await OidcRuns.TerminalAsync(server.Issuer, ClientId);
        world.Inputs["client-secret"] = Secret;
        world.Inputs["resource"] = Resource;
        world.Inputs["scope"] = "contacts:read";

        var run = await world.RunAsync();

        var introspection = await server.IntrospectAsync(run.AssertToken());
        Assert.Equal(Resource, introspection.Audience);
        Assert.Equal("contacts:read", introspection.Scope);
        run.AssertHides(Secret, ClientId);
    }

    /// <summary>Here is where text beyond ASCII is allowed; it travels as UTF-8, percent-encoded.</summary>
    [AuthorizationServerFact]
    public async Task Fields_arrive_as_they_were_given_and_no_others_do()
    {
        await using var server = await OidcProvider.StartAsync(OidcClient.WithSecret(ClientId, Secret));
        await using var world = await OidcRuns.TerminalAsync(server.Issuer, ClientId);
        world.Inputs["client-secret"] = Secret;
        world.Inputs["audience"] = "https://api.example/?a=b&c=%41";
        world.Inputs["parameters"] = "note=gr\u00fc\u00dfe \u20ac \U0001F511 100% 1+1=2 & more\ntenant_id=42";

        var run = await world.RunAsync();

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["audience"] = "https://api.example/?a=b&c=%41",
                ["note"] = "gr\u00fc\u00dfe \u20ac \U0001F511 100% 1+1=2 & more",
                ["tenant_id"] = "42",
            },
            (await server.IntrospectAsync(run.AssertToken())).Asked);
        run.AssertHides(Secret, ClientId);
    }

    private static async Task ClientIsKnownAsync(string id, string secret, string authentication)
    {
        await using var server = await OidcProvider.StartAsync(OidcClient.WithSecret(id, secret));
        await using var world = await OidcRuns.TerminalAsync(server.Issuer, id);
        world.Inputs["client-secret"] = secret;
        world.Inputs["client-authentication"] = authentication;

        var run = await world.RunAsync();

        var introspection = await server.IntrospectAsync(run.AssertToken());
        Assert.True(introspection.IsActive);
        Assert.Equal(id, introspection.ClientId);
        // Basic has no need to say in the form who the client is.
        Assert.Equal(authentication == "post", introspection.Asked.ContainsKey("client_id"));
        run.AssertHides(secret, id);
    }
}
