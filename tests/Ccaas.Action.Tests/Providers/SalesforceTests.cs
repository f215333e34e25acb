using Ccaas.Sandbox;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Providers;

public sealed class SalesforceTests : ProviderContract
{
    protected override string Provider => "salesforce";

    protected override string TokenPath => "/salesforce/services/oauth2/token";

    protected override string OrganizationId => "00D6y9SX4o3PVc6EGG";

    // No api-url: the answer's instance_url is the point.
    protected override IEnumerable<(string Name, string Value)> Inputs(World world) =>
    [
        ("account", "example--test.sandbox"),
        ("client-id", Canary.ClientId),
        ("client-secret", Canary.ClientSecret.Value),
        ("token-url", world.At("salesforce/services/oauth2/token")),
        ("revocation-url", world.At("salesforce/services/oauth2/revoke")),
    ];

    [Fact]
    public async Task Expiry_stays_empty_because_it_is_not_told()
    {
        await using var world = await StartAsync();

        var run = await world.RunAsync();

        Assert.Empty(run.Outputs["expires-in"]);
        Assert.Empty(run.Outputs["expires-at"]);
        Assert.Equal(world.At("salesforce"), run.Outputs["api-url"]);
    }

    /// <summary>Id, token and checksum as the vendor makes them; the example of an id is from its documentation.</summary>
    [Fact]
    public async Task Token_in_the_vendors_shape_is_masked_and_published_whole()
    {
        await using var world = await StartAsync(
            options => options with { Clients = [options.Clients[0] with { OrganizationId = "00D50000000IZ3Z" }], NewToken = null });
        world.Inputs["verify"] = "true";

        var run = await world.RunAsync();

        var token = run.Outputs["access-token"];
        Assert.Matches("^00D50000000IZ3Z![A-Za-z0-9._]{86}$", token);
        Assert.Equal("00D50000000IZ3ZEAW", run.Outputs["organization-id"]);
        Assert.Equal(token, run.Exports["CCAAS_ACCESS_TOKEN"]);
        // In clear, as printf %q of a shell writes it, and in an address.
        string[] forms = [token, token.Replace("!", "\\!", StringComparison.Ordinal), token.Replace("!", "%21", StringComparison.Ordinal)];
        Assert.All(forms, form => Assert.Equal("a *** b", run.StepLog().Masker.Mask($"a {form} b")));
        Assert.DoesNotContain(run.StepLog().Lines, line => line.Contains(token[16..], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("unknown-app", 400, "invalid_client_id", "client identifier invalid", 3)]
    [InlineData("no-run-as-user", 400, "invalid_grant", "no client credentials user enabled", 4)]
    [InlineData("shared-login-host", 400, "invalid_grant", "request not supported on this domain", 3)]
    [InlineData("not-approved", 400, "invalid_app_access", "user is not admin approved to access this app", 4)]
    public async Task Error_is_explained(string name, int status, string error, string description, int exitCode)
    {
        await using var world = await StartAsync();
        world.Sandbox.Faults.Enqueue(TokenPath, Fault.Status(status, $$"""{"error":"{{error}}","error_description":"{{description}}"}"""));

        Scenario.Verify(await world.RunAsync(), exitCode, name);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://api.example.test")]
    [InlineData("https://user:password@api.example.test")]
    public async Task Address_that_no_token_may_be_sent_to_is_refused(string instance)
    {
        await using var world = await StartAsync();
        world.Inputs["verify"] = "true";
        world.Sandbox.Faults.Enqueue(TokenPath, Fault.Body($$"""{"access_token":"{{Canary.Token.Value}}","token_type":"Bearer","instance_url":"{{instance}}"}"""));

        var run = await world.RunAsync();

        Scenario.Verify(run, exitCode: 6, instance.Split(':')[0] + instance.Length);
        Assert.Single(world.Sandbox.Requests);
    }
}
