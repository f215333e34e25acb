using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests;

/// <summary>
/// A token's end before a certified authorization server, RFC 7009: whatever the client proved itself with, it does so again.
/// </summary>
public sealed class OidcRevocationTests
{
    private const string ClientId = "nightly build: 100%";
    private const string Secret = "s3cr3t+of:the@nightly%build";

    [AuthorizationServerTheory]
    [InlineData("basic")]
    [InlineData("post")]
    public async Task Token_is_worth_nothing_when_it_is_revoked_with_the_secret(string authentication)
    {
        await using var server = await OidcProvider.StartAsync(OidcClient.WithSecret(ClientId, Secret));
        await using var world = await OidcRuns.TerminalAsync(server.Issuer, ClientId);
        world.Inputs["client-secret"] = Secret;
        world.Inputs["client-authentication"] = authentication;

        Assert.All(await RevokeTwiceAsync(server, world), run => run.AssertHides(Secret, ClientId));
    }

    [AuthorizationServerFact]
    public async Task Token_is_worth_nothing_when_it_is_revoked_with_a_signature()
    {
        var key = SigningKey.For("PS256");
        await using var server = await OidcProvider.StartAsync(OidcClient.WithKey(ClientId, key, "PS256"));
        await using var world = await OidcRuns.TerminalAsync(server.Issuer, ClientId);
        world.Inputs["client-authentication"] = "private-key-jwt";
        world.Inputs["private-key"] = key.Pem;
        world.Inputs["signing-algorithm"] = "PS256";

        Assert.All(await RevokeTwiceAsync(server, world), run => run.AssertHidesKey(key.Pem));
    }

    [AuthorizationServerFact]
    public async Task Token_is_worth_nothing_when_it_is_revoked_with_a_certificate()
    {
        await using var server = await OidcProvider.StartAsync(OidcClient.WithCertificate(ClientId, "build.example"));
        var certificate = server.Authority.IssueClient("build.example");
        await using var world = await OidcRuns.TerminalAsync(server.SecureIssuer, ClientId);
        world.Inputs["client-authentication"] = "tls-client-auth";
        world.Inputs["ca-certificate"] = server.Authority.Pem;
        world.Inputs["client-certificate"] = certificate.Pem;
        world.Inputs["client-key"] = certificate.KeyPem;

        Assert.All(await RevokeTwiceAsync(server, world), run => run.AssertHidesKey(certificate.KeyPem));
    }

    [AuthorizationServerFact]
    public async Task Token_is_revoked_without_discovery_when_the_address_is_given()
    {
        await using var server = await OidcProvider.StartAsync(OidcClient.WithSecret(ClientId, Secret));
        await using var world = await OidcRuns.TerminalAsync(server.Issuer, ClientId);
        world.Inputs.Remove("issuer");
        world.Inputs["token-url"] = server.TokenUrl;
        world.Inputs["revocation-url"] = server.RevocationUrl;
        world.Inputs["client-secret"] = Secret;

        Assert.All(await RevokeTwiceAsync(server, world), run => run.AssertHides(Secret, ClientId));
        Assert.DoesNotContain(await server.RequestsAsync(), request => request.StartsWith("GET ", StringComparison.Ordinal));
    }

    [AuthorizationServerFact]
    public async Task Token_is_read_from_the_variable_that_was_named()
    {
        await using var server = await OidcProvider.StartAsync(OidcClient.WithSecret(ClientId, Secret));
        await using var world = await OidcRuns.TerminalAsync(server.Issuer, ClientId);
        world.Inputs["client-secret"] = Secret;

        Assert.All(await RevokeTwiceAsync(server, world, variable: "MY_TOKEN"), run => run.AssertHides(Secret, ClientId));
    }

    [AuthorizationServerFact]
    public async Task Token_keeps_its_worth_when_the_secret_is_wrong()
    {
        const string Wrong = "wr0ng-secret-of-yesterday";
        await using var server = await OidcProvider.StartAsync(OidcClient.WithSecret(ClientId, Secret));
        await using var world = await OidcRuns.TerminalAsync(server.Issuer, ClientId);
        world.Inputs["client-secret"] = Secret;
        var token = (await world.RunAsync()).AssertToken();
        world.Environment["CCAAS_ACCESS_TOKEN"] = token;
        world.Inputs["client-secret"] = Wrong;

        var run = await world.RunAsync("revoke");

        run.AssertEnded(exitCode: 3);
        Assert.Equal("POST /token/revocation 401: invalid_client, invalid secret provided", (await server.PostsAsync())[^1]);
        Assert.True((await server.IntrospectAsync(token)).IsActive);
        run.AssertHides(Wrong, ClientId);
        run.AssertHides(token);
    }

    /// <summary>Obtains a token, and takes it back once more than there is to take back.</summary>
    private static async Task<IReadOnlyList<Run>> RevokeTwiceAsync(OidcProvider server, World world, string variable = "CCAAS_ACCESS_TOKEN")
    {
        world.Inputs["environment-variable"] = variable;
        var acquired = await world.RunAsync();
        var token = acquired.AssertToken();
        Assert.True((await server.IntrospectAsync(token)).IsActive);
        world.Environment[variable] = token;

        var first = await world.RunAsync("revoke");
        var afterwards = await server.IntrospectAsync(token);
        var second = await world.RunAsync("revoke");

        Assert.False(afterwards.IsActive);
        // RFC 7009 §2.2: a token that is none any more is no error.
        Assert.All([first, second], run =>
        {
            run.AssertEnded(exitCode: 0);
            run.AssertHides(token);
            Assert.DoesNotContain("Error", run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("Warning", run.Error, StringComparison.Ordinal);
        });
        // Without discovery there is nobody to ask. A token that was not active before proves nothing afterwards.
        var isDiscovered = world.Inputs.ContainsKey("issuer");
        Assert.Contains(isDiscovered
            ? "confirms that it is no longer valid"
            : "nothing confirms that the token is no longer valid", first.Error, StringComparison.Ordinal);
        Assert.Contains("nothing confirms that the token is no longer valid", second.Error, StringComparison.Ordinal);
        const string Introspection = "POST /token/introspection 200";
        const string Revocation = "POST /token/revocation 200";
        Assert.Equal(
            isDiscovered
                ? ["POST /token 200", Introspection, Introspection, Revocation, Introspection, Introspection, Introspection, Revocation]
                : ["POST /token 200", Introspection, Revocation, Introspection, Revocation],
            await server.PostsAsync());
        return [acquired, first, second];
    }
}
