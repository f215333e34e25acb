using System.Text.Json;
using System.Text.Json.Nodes;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests;

/// <summary>
/// The vendors' own clients run on the sandbox as they are, so that it can be believed; and the token that the program obtains
/// there works in them.
/// </summary>
public sealed class VendorClientTests
{
    // Every character that form encoding changes.
    private const string OddSecret = "pi+per%2F/at=the&gate~of dawn";

    private const string Name = "Example Contact Centre";

    [VendorClientTheory]
    [InlineData("plain-secret-8Zq4")]
    [InlineData(OddSecret)]
    public async Task Genesys_client_logs_in_as_the_program_does(string secret)
    {
        await using var world = await StartAsync(secret, "genesys-cloud", "oauth/token", "");

        foreach (var credentials in new[] { Client(secret), Token(await ObtainAsync(world)) })
        {
            var told = await VendorClient.RunAsync("genesys", world, credentials);

            Assert.Equal((Canary.OrganizationId, Name, "US", Canary.ClientId),
                (Text(told, "organization"), Text(told, "name"), Text(told, "defaultCountryCode"), Text(told, "client")));
        }

        Assert.All(world.Sandbox.Requests, request => Assert.True(request.Known, $"{request.Method} {request.Path}"));
    }

    [VendorClientTheory]
    [InlineData("plain-secret-8Zq4")]
    [InlineData(OddSecret)]
    public async Task Zoom_client_logs_in_as_the_program_does(string secret)
    {
        await using var world = await StartAsync(secret, "zoom", "zoom/oauth/token", "zoom");
        world.Inputs["account"] = Canary.Account;

        foreach (var credentials in new[] { Client(secret), Token(await ObtainAsync(world)) })
        {
            var told = await VendorClient.RunAsync("zoom", world, credentials);

            Assert.Equal((Canary.Account, "service@sandbox.invalid"), (Text(told, "account"), Text(told, "email")));
        }

        Assert.All(world.Sandbox.Requests, request => Assert.True(request.Known, $"{request.Method} {request.Path}"));
    }

    [VendorClientTheory]
    [InlineData("plain-secret-8Zq4")]
    [InlineData(OddSecret)]
    public async Task Jsforce_logs_in_as_the_program_does(string secret)
    {
        await using var world = await StartAsync(secret, "salesforce", "salesforce/services/oauth2/token", null);
        world.Inputs["account"] = "example--test.sandbox";

        foreach (var credentials in new[] { Client(secret), Token(await ObtainAsync(world)) })
        {
            var told = await VendorClient.RunAsync("jsforce", world, credentials);

            Assert.Matches("^00D[a-zA-Z0-9]{12}[A-Z0-5]{3}$", Text(told, "organization"));
            Assert.Matches("^005[a-zA-Z0-9]{12}[A-Z0-5]{3}$", Text(told, "user"));
            Assert.Equal((Text(told, "organization"), Name, "service@sandbox.invalid"),
                (Text(told, "queried"), Text(told, "name"), Text(told, "username")));
            Assert.Equal(new Uri(world.Sandbox.HttpsAddress, "salesforce").ToString(), Text(told, "instance"));
        }

        Assert.All(world.Sandbox.Requests, request => Assert.True(request.Known, $"{request.Method} {request.Path}"));
    }

    /// <summary>NICE's client logs people in, so that the two have only the metadata in common: issuer's and tenant's.</summary>
    [VendorClientFact]
    public async Task Nice_client_reads_the_metadata_that_the_program_reads()
    {
        await using var world = await StartAsync(OddSecret, "nice-cxone", "cxone/auth/token", null);

        var told = await VendorClient.RunAsync("nice", world, new JsonObject { ["tenant"] = Canary.OrganizationId });

        var configuration = told.GetProperty("configuration");
        Assert.Equal(new Uri(world.Sandbox.HttpsAddress, "cxone/auth/token").ToString(), Text(told, "tokenEndpoint"));
        Assert.Equal(new Uri(world.Sandbox.HttpsAddress, "cxone/api").ToString(), Text(configuration, "acdApiBaseUri"));
        Assert.Equal(("na1", "acd.sandbox.invalid", "hub.sandbox.invalid"),
            (Text(configuration, "area"), Text(configuration, "acdDomain"), Text(configuration, "userHubDomain")));
        Assert.All(world.Sandbox.Requests, request => Assert.True(request.Known, $"{request.Method} {request.Path}"));
    }

    [VendorClientFact]
    public async Task Salesforce_cli_takes_the_programs_token()
    {
        // The command-line tool expects an organization at the root of its host, as it is at the vendor.
        await using var world = await StartAsync(OddSecret, "salesforce", "services/oauth2/token", null);
        world.Inputs["account"] = "example--test.sandbox";
        world.Inputs["verify"] = "true";
        var run = await world.RunAsync();
        Assert.True(run.ExitCode == 0, run.Output);
        var token = run.Outputs["access-token"];

        var login = await VendorClient.SfAsync(
            world, token, "org", "login", "access-token", "--instance-url", world.Sandbox.HttpsAddress.ToString(), "--no-prompt");
        var organization = await VendorClient.SfAsync(
            world, null, "data", "query", "--query", "SELECT Id, Name FROM Organization", "--target-org", Text(login, "username"));

        Assert.Equal((run.Outputs["organization-id"], token), (Text(login, "orgId"), Text(login, "accessToken")));
        Assert.Equal(("service@sandbox.invalid", Name), (Text(login, "username"), Text(organization.GetProperty("records")[0], "Name")));
    }

    [VendorClientTheory]
    [InlineData("genesys", "oauth/token")]
    [InlineData("zoom", "zoom/oauth/token")]
    [InlineData("jsforce", "salesforce/services/oauth2/token")]
    public async Task Wrong_secret_is_refused_to_the_clients_too(string script, string path)
    {
        await using var world = await StartAsync(OddSecret, "genesys-cloud", path, "");

        var (exitCode, output, _) = await VendorClient.TryAsync(script, world, Client("another"));

        Assert.NotEqual(0, exitCode);
        Assert.Empty(output);
        Assert.Equal([($"/{path}", 400)], world.Sandbox.Requests.Select(request => (request.Path, request.Status)));
    }

    private static async Task<World> StartAsync(string secret, string provider, string token, string? api)
    {
        var world = await World.GitHubAsync(options => options with
        {
            Clients = [options.Clients[0] with { ClientSecret = secret }],
            NewToken = null,
        });
        world.Give([("provider", provider), ("client-id", Canary.ClientId), ("client-secret", secret), ("token-url", world.At(token))]);
        world.Inputs["api-url"] = api is null ? null : world.At(api);
        return world;
    }

    private static async Task<string> ObtainAsync(World world)
    {
        var run = await world.RunAsync();
        Assert.True(run.ExitCode == 0, run.Output);
        return run.Outputs["access-token"];
    }

    private static JsonObject Client(string secret) =>
        new() { ["id"] = Canary.ClientId, ["secret"] = secret, ["account"] = Canary.Account };

    private static JsonObject Token(string token) => new() { ["token"] = token };

    private static string Text(JsonElement from, string name) => from.GetProperty(name).GetString()!;
}
