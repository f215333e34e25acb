using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests;

/// <summary>A private certified authorization server over TLS, and a client that authenticates with its certificate (RFC 8705).</summary>
public sealed class OidcMutualTlsTests
{
    private const string ClientId = "build-with-a-certificate";
    private const string Name = "build.example";

    [AuthorizationServerTheory]
    [InlineData("text")]
    [InlineData("files")]
    public async Task Client_is_known_by_its_certificate(string given)
    {
        await using var server = await OidcProvider.StartAsync(OidcClient.WithCertificate(ClientId, Name));
        var certificate = server.Authority.IssueClient(Name);
        await using var world = await OverTlsAsync(server, certificate);
        if (given == "files")
        {
            world.Inputs["ca-certificate"] = world.GiveFile("authority.pem", server.Authority.Pem);
            world.Inputs["client-certificate"] = world.GiveFile("client.pem", certificate.Pem);
            world.Inputs["client-key"] = world.GiveFile("client.key", certificate.KeyPem);
        }

        var run = await world.RunAsync();

        var introspection = await server.IntrospectAsync(run.AssertToken());
        Assert.True(introspection.IsActive);
        Assert.Equal(ClientId, introspection.ClientId);
        Assert.Equal(certificate.Thumbprint, introspection.Thumbprint);
        // Only its name tells the server whose certificate to expect (RFC 8705 §2).
        Assert.Equal(ClientId, introspection.Asked["client_id"]);
        run.AssertHidesKey(certificate.KeyPem);
    }

    [AuthorizationServerFact]
    public async Task Certificate_of_somebody_else_is_refused()
    {
        await using var server = await OidcProvider.StartAsync(OidcClient.WithCertificate(ClientId, Name));
        var certificate = server.Authority.IssueClient("somebody-else.example");
        await using var world = await OverTlsAsync(server, certificate);

        var run = await world.RunAsync();

        run.AssertEnded(exitCode: 3);
        Assert.Equal(["POST /token 401: invalid_client, certificate subject value does not match the registered one"],
            await server.PostsAsync());
        run.AssertHidesKey(certificate.KeyPem);
    }

    [AuthorizationServerFact]
    public async Task Certificate_of_a_foreign_authority_is_refused()
    {
        await using var server = await OidcProvider.StartAsync(OidcClient.WithCertificate(ClientId, Name));
        using var foreign = new PrivateAuthority("foreign authority");
        var certificate = foreign.IssueClient(Name);
        await using var world = await OverTlsAsync(server, certificate);

        var run = await world.RunAsync();

        // Whether the certificate is sent at all is up to TLS: the server has named the authorities that it trusts.
        run.AssertEnded(exitCode: 3);
        Assert.Matches("^POST /token 401: invalid_client, client certificate was not (verified|provided)$",
            Assert.Single(await server.PostsAsync()));
        run.AssertHidesKey(certificate.KeyPem);
    }

    [AuthorizationServerFact]
    public async Task Secret_goes_to_a_private_authority_when_that_is_trusted()
    {
        const string Secret = "s3cr3t-of-the-nightly-build";
        await using var server = await OidcProvider.StartAsync(OidcClient.WithSecret(ClientId, Secret));
        await using var world = await OidcRuns.TerminalAsync(server.SecureIssuer, ClientId);
        world.Inputs["client-secret"] = Secret;
        world.Inputs["ca-certificate"] = server.Authority.Pem;

        var run = await world.RunAsync();

        Assert.True((await server.IntrospectAsync(run.AssertToken())).IsActive);
        run.AssertHides(Secret, ClientId);
    }

    [AuthorizationServerFact]
    public async Task Nothing_is_sent_when_the_authority_is_not_trusted()
    {
        await using var server = await OidcProvider.StartAsync(OidcClient.WithCertificate(ClientId, Name));
        var certificate = server.Authority.IssueClient(Name);
        await using var world = await OverTlsAsync(server, certificate);
        world.Inputs.Remove("ca-certificate");

        var run = await world.RunAsync();

        run.AssertEnded(exitCode: 7);
        Assert.Empty(await server.RequestsAsync());
        run.AssertHidesKey(certificate.KeyPem);
    }

    private static async Task<World> OverTlsAsync(OidcProvider server, CertificateWithKey certificate)
    {
        var world = await OidcRuns.TerminalAsync(server.SecureIssuer, ClientId);
        world.Inputs["client-authentication"] = "tls-client-auth";
        world.Inputs["ca-certificate"] = server.Authority.Pem;
        world.Inputs["client-certificate"] = certificate.Pem;
        world.Inputs["client-key"] = certificate.KeyPem;
        return world;
    }
}
