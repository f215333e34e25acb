using Ccaas.Sandbox;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Providers;

/// <summary>The current way of NICE CXone: four secrets, an issuer's metadata, and a tenant that tells where its API is.</summary>
public sealed class CxonePasswordTests : ProviderContract
{
    protected override string Provider => "nice-cxone";

    protected override string Case => "nice-cxone-password";

    protected override string TokenPath => "/cxone/auth/token";

    protected override string BasicPair => RawPair;

    protected override (string Name, string Value) ForeignInput => ("scope", "cxone:read");

    protected override bool CanRevoke => false;

    // Three flows and what each one's errors mean.
    protected override int MostLines => 330;

    protected override IEnumerable<(string Name, string Value)> Inputs(World world) =>
    [
        ("client-id", Canary.ClientId),
        ("client-secret", Canary.ClientSecret.Value),
        ("access-key-id", Canary.AccessKeyId),
        ("access-key-secret", Canary.AccessKeySecret.Value),
        ("issuer", world.At("cxone")),
    ];

    [Fact]
    public async Task Access_key_that_is_wrong_is_told_apart_from_the_client()
    {
        await using var world = await StartAsync();
        world.Inputs["access-key-secret"] = $"{Canary.AccessKeySecret.Value}wrong";

        Scenario.Verify(await world.RunAsync(), exitCode: 3);
    }

    [Theory]
    [InlineData("unauthorized-client", 400, """{"error":"unauthorized_client","errorDescription":"Grant not allowed"}""", 4)]
    [InlineData("nothing-told", 401, "", 3)]
    [InlineData("snake-case", 401, """{"error":"invalid_client","error_description":"Bad client"}""", 3)]
    public async Task Error_is_explained(string name, int status, string body, int exitCode)
    {
        await using var world = await StartAsync();
        world.Sandbox.Faults.Enqueue(TokenPath, Fault.Status(status, body));

        Scenario.Verify(await world.RunAsync(), exitCode, name);
    }

    [Fact]
    public async Task Area_that_is_given_is_not_looked_up()
    {
        await using var world = await StartAsync();
        world.Inputs["region"] = "EU1";

        var run = await world.RunAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("https://api-eu1.niceincontact.com", run.Outputs["api-url"]);
        Assert.Equal("eu1", run.Outputs["region"]);
        Assert.Equal(["/cxone/.well-known/openid-configuration", TokenPath], world.Sandbox.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task Id_with_characters_that_encoding_replaces_is_sent_as_it_is()
    {
        const string OddId = "pipeline@Example Inc+%";
        await using var world = await StartAsync(options => options with { Clients = [options.Clients[0] with { ClientId = OddId }] });
        world.Inputs["client-id"] = OddId;

        var run = await world.RunAsync();

        Assert.Equal(0, run.ExitCode);
        run.AssertNoSecretShows();
    }

    [Fact]
    public async Task Revocation_that_the_metadata_does_name_is_used()
    {
        // The endpoint is another server's, which is told to read the header in the same way.
        await using var world = await StartAsync(options => options with { Clients = [options.Clients[0] with { RawBasic = true }] });
        world.Inputs["revoke"] = "true";
        world.Sandbox.Faults.Enqueue("/cxone/.well-known/openid", Fault.Body(
            $$"""{"issuer":"{{world.At("cxone")}}","token_endpoint":"{{world.At("cxone/auth/token")}}","revocation_endpoint":"{{world.At("as/revoke")}}"}"""));

        var run = await world.RunAsync();

        Assert.Equal(0, run.ExitCode);
        Scenario.Verify(await world.RunPostAsync(), exitCode: 0);
        Assert.False(world.Sandbox.IsTokenValid(Canary.Token.Value));
    }

    [Theory]
    [InlineData("tenant-unknown", "/cxone/.well-known/cxone", 404, """{"error":"not_found","errorDescription":"No such tenant"}""", 6)]
    [InlineData("tenant-without-api", "/cxone/.well-known/cxone", 200, """{"area":"na1"}""", 6)]
    [InlineData("no-id-token", "/cxone/auth/token", 200, """{"access_token":"some-token-of-16c","token_type":"bearer","expires_in":3600}""", 6)]
    [InlineData("id-token-without-tenant", "/cxone/auth/token", 200, """{"access_token":"some-token-of-16c","token_type":"bearer","id_token":"e30.e30.e30"}""", 6)]
    public async Task Api_that_cannot_be_found_is_explained(string name, string path, int status, string body, int exitCode)
    {
        await using var world = await StartAsync();
        world.Sandbox.Faults.Enqueue(path, Fault.Status(status, body));

        var run = await world.RunAsync();

        Scenario.Verify(run, exitCode, name);
        Assert.Empty(run.File("GITHUB_OUTPUT"));
    }

    [Fact]
    public async Task Token_that_the_user_info_refuses_is_not_published()
    {
        await using var world = await StartAsync();
        world.Inputs["verify"] = "true";
        world.Sandbox.Faults.Enqueue("/cxone/auth/userinfo", Fault.Status(401, """{"error":"invalid_token","errorDescription":"Unknown token"}"""));

        Scenario.Verify(await world.RunAsync(), exitCode: 3);
    }

    [Fact]
    public async Task Client_alone_does_not_tell_the_flow()
    {
        await using var world = await StartAsync();
        world.Inputs.Remove("access-key-id");
        world.Inputs.Remove("access-key-secret");

        Scenario.Verify(await world.RunAsync(), exitCode: 2);
    }
}
