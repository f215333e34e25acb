using System.Security.Authentication;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests.OpenIddict;

/// <summary>
/// Another implementation of an authorization server: stricter in client assertions, and with mutual TLS at a port of its own.
/// </summary>
public sealed class OpenIddictTests
{
    [Theory]
    [InlineData("basic")]
    [InlineData("post")]
    public async Task Token_is_issued_to_a_client_with_a_secret_and_can_be_revoked(string authentication)
    {
        await using var server = await OpenIddictServer.StartAsync();
        await using var world = await TerminalAsync(server, "with-a-secret");
        world.Inputs["client-authentication"] = authentication;
        world.Inputs["client-secret"] = OpenIddictServer.Secret;

        var revocation = await RevokeAsync(server, world);

        revocation.AssertHides(OpenIddictServer.Secret, "with-a-secret");
    }

    [Fact]
    public async Task Wrong_secret_is_refused()
    {
        await using var server = await OpenIddictServer.StartAsync();
        await using var world = await TerminalAsync(server, "with-a-secret");
        world.Inputs["client-secret"] = "not-the-secret-of-this-client";

        (await world.RunAsync()).AssertEnded(exitCode: 3);
    }

    /// <summary>It knows the newer profile alone; what it refuses is explained with both.</summary>
    [Theory]
    [InlineData("client-authentication+jwt", null)]
    [InlineData("client-authentication+jwt", "another audience")]
    [InlineData("JWT", null)]
    [InlineData("JWT", "the issuer")]
    public async Task Assertion_is_accepted_by_the_newer_profile(string type, string? audience)
    {
        await using var server = await OpenIddictServer.StartAsync();
        await using var world = await TerminalAsync(server, "with-a-key");
        world.Inputs["client-authentication"] = "private-key-jwt";
        world.Inputs["private-key"] = server.Key.Pem;
        world.Inputs["key-id"] = "key-1";
        world.Inputs["assertion-type"] = type;
        if (audience is not null)
        {
            world.Inputs["assertion-audience"] = audience == "the issuer" ? server.Issuer : "https://elsewhere.example/";
        }

        if (type != "JWT" && audience is null)
        {
            (await RevokeAsync(server, world)).AssertHidesKey(server.Key.Pem);
            return;
        }

        var run = await world.RunAsync();

        run.AssertHidesKey(server.Key.Pem);
        run.AssertEnded(exitCode: 3);
        Assert.True(run.Error.Contains("assertion-type: servers of the newer profile want client-authentication+jwt with their issuer as "
            + "audience, the others JWT", StringComparison.Ordinal), run.Error);
    }

    /// <summary>The session of the discovery must not be resumed at the other port, or the server asks for no certificate there.</summary>
    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Certificate_is_shown_at_the_port_for_mutual_tls(SslProtocols protocol)
    {
        await using var server = await OpenIddictServer.StartAsync(protocol);
        await using var world = await TerminalAsync(server, "with-a-certificate");
        world.Inputs["client-authentication"] = "tls-client-auth";
        world.Inputs["client-certificate"] = server.Certificate.Pem;
        world.Inputs["client-key"] = server.Certificate.KeyPem;

        (await RevokeAsync(server, world)).AssertHidesKey(server.Certificate.KeyPem);
    }

    [Fact]
    public async Task Certificate_that_the_server_does_not_know_is_refused()
    {
        await using var server = await OpenIddictServer.StartAsync();
        using var authority = new PrivateAuthority("another authority");
        var certificate = authority.IssueClient("build");
        await using var world = await TerminalAsync(server, "with-a-certificate");
        world.Inputs["client-authentication"] = "tls-client-auth";
        world.Inputs["client-certificate"] = certificate.Pem;
        world.Inputs["client-key"] = certificate.KeyPem;

        (await world.RunAsync()).AssertEnded(exitCode: 3);
    }

    private static async Task<World> TerminalAsync(OpenIddictServer server, string clientId)
    {
        var world = await OidcRuns.TerminalAsync(server.Issuer, clientId);
        world.Inputs["ca-certificate"] = server.AuthorityPem;
        return world;
    }

    /// <summary>Obtains a token, and revokes it: the server, and with it the program, sees it active before and not afterwards.</summary>
    private static async Task<Run> RevokeAsync(OpenIddictServer server, World world)
    {
        var run = await world.RunAsync();
        Assert.True(run.ExitCode == 0, $"exit code {run.ExitCode}\n{run.Output}\n{run.Error}");
        var token = run.Output.TrimEnd('\n');
        Assert.True(await server.IsActiveAsync(token));
        world.Environment["CCAAS_ACCESS_TOKEN"] = token;

        var revocation = await world.RunAsync("revoke");

        Assert.True(revocation.ExitCode == 0, revocation.Error);
        Assert.Contains("confirms that it is no longer valid", revocation.Error, StringComparison.Ordinal);
        Assert.False(await server.IsActiveAsync(token));
        return revocation;
    }
}
