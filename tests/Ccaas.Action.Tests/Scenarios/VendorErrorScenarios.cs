using System.Text.Json;
using Ccaas.Sandbox;
using Ccaas.Sandbox.Genesys;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Scenarios;

/// <summary>What the token endpoint may answer instead of a token.</summary>
public sealed class VendorErrorScenarios
{
    [Fact]
    public async Task Wrong_secret_is_explained_with_the_region()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["client-secret"] = $"{Canary.ClientSecret.Value}-but-wrong";
        world.Inputs["region"] = "eu-west-1";

        Scenario.Verify(await world.RunAsync(), exitCode: 3);
    }

    [Theory]
    [InlineData("unauthorized-client", 400, """{"error":"unauthorized_client","error_description":"client is not authorized"}""", 4)]
    [InlineData("invalid-scope", 400, """{"error":"invalid_scope"}""", 3)]
    [InlineData("no-oauth-400", 400, "Bad Request", 3)]
    [InlineData("no-oauth-401", 401, "", 3)]
    [InlineData("html-403", 403, "<html><body>Blocked by the firewall</body></html>", 4)]
    [InlineData("not-found", 404, """{"message":"HTTP 404 Not Found","code":"not.found","status":404,"contextId":"d8f5"}""", 6)]
    [InlineData("not-implemented", 501, """{"errorDescription":"camel case","error":"nope"}""", 6)]
    [InlineData("wrong-types", 400, """{"error":{"code":1},"error_description":["a"]}""", 3)]
    public async Task Refusal_is_explained(string name, int status, string body, int exitCode)
    {
        await using var world = await World.GitHubAsync();
        world.Sandbox.Faults.Enqueue(Fault.Status(status, body));

        var run = await world.RunAsync();

        Scenario.Verify(run, exitCode, name);
        Assert.Single(world.Sandbox.Requests);
    }

    [Theory]
    [InlineData("html", "<html><title>Sign in</title></html>", "text/html")]
    [InlineData("empty", "", "application/json")]
    [InlineData("array", "[]", "application/json")]
    [InlineData("no-token", """{"token_type":"bearer","expires_in":1}""", "application/json")]
    [InlineData("token-is-a-number", """{"access_token":1}""", "application/json")]
    [InlineData("token-with-a-line-break", """{"access_token":"abcdefgh\nGITHUB_ENV=x","token_type":"bearer"}""", "application/json")]
    [InlineData("token-not-ascii", """{"access_token":"abcdefghä","token_type":"bearer"}""", "application/json")]
    [InlineData("token-too-short-to-mask", """{"access_token":"abc","token_type":"bearer"}""", "application/json")]
    [InlineData("dpop", """{"access_token":"abcdefgh","token_type":"DPoP"}""", "application/json")]
    [InlineData("cut-off-json", """{"access_token":"eyJhbGciOiJub25lIn0.eyJrYW5hcmllIjoidG9rZW4tcGF5bG9hZCJ9.a2Fu""", "application/json")]
    [InlineData("hostile-content-type", "x", "text/::error::x")]
    public async Task Success_that_makes_no_sense_is_not_tried_again_and_never_quoted(string name, string body, string contentType)
    {
        await using var world = await World.GitHubAsync();
        world.Sandbox.Faults.Enqueue(Fault.Body(body, contentType));

        var run = await world.RunAsync();

        Scenario.Verify(run, exitCode: 6, name);
        Assert.Single(world.Sandbox.Requests);
    }

    [Fact]
    public async Task Token_that_is_too_long_to_publish_is_refused()
    {
        await using var world = await World.GitHubAsync(options => options with { NewToken = () => new string('x', 65537) });

        Scenario.Verify(await world.RunAsync(), exitCode: 6);
    }

    [Fact]
    public async Task Success_without_end_is_cut_off()
    {
        await using var world = await World.GitHubAsync();
        world.Sandbox.Faults.Enqueue(Fault.Huge(200_000_000));

        Scenario.Verify(await world.RunAsync(), exitCode: 6);
    }

    [Fact]
    public async Task Redirect_is_not_followed()
    {
        await using var world = await World.GitHubAsync();
        world.Sandbox.Faults.Enqueue(Fault.Redirect(307, new Uri(world.Sandbox.HttpAddress, "oauth/token").ToString()));

        var run = await world.RunAsync();

        Scenario.Verify(run, exitCode: 6);
        Assert.Single(world.Sandbox.Requests);
    }

    [Fact]
    public async Task Error_text_can_neither_act_as_a_command_nor_flood_the_log()
    {
        await using var world = await World.GitHubAsync();
        world.Sandbox.Faults.Enqueue(Fault.Status(400, JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["error"] = "x\n::add-mask::a\r::stop-commands::pause",
            ["error_description"] = $"\n::set-env name=A::b\n##[set-env name=A]b ##vso[task.setvariable variable=A]b %0A::error::x "
                + $"\u001b[31m{new string('y', 65536)}",
        })));

        var run = await world.RunAsync();

        Scenario.Verify(run, exitCode: 3);
        Assert.True(run.Output.Length < 20_000);
        Assert.DoesNotContain("##[", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("##vso[", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_text_that_echoes_the_secret_is_redacted()
    {
        await using var world = await World.TerminalAsync();
        var basic = Convert.ToBase64String(
            System.Text.Encoding.UTF8.GetBytes($"{Canary.ClientId}:{Uri.EscapeDataString(Canary.ClientSecret.Value)}"));
        world.Sandbox.Faults.Enqueue(Fault.Status(400, JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["error"] = Canary.ClientSecret.Value,
            ["error_description"] =
                $"{new string('z', 280)} {Canary.ClientSecret.Value} Basic {basic} {Uri.EscapeDataString(Canary.ClientSecret.Value)}",
        })));

        Scenario.Verify(await world.RunAsync(), exitCode: 3);
    }

    [Fact]
    public async Task Rate_limit_to_the_end_is_told_apart()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["max-attempts"] = "2";
        world.Sandbox.Faults.Enqueue(Fault.Status(429));
        world.Sandbox.Faults.Enqueue(GenesysFaults.RateLimited400());

        Scenario.Verify(await world.RunAsync(), exitCode: 5);
    }

    [Fact]
    public async Task Server_that_fails_to_the_end_is_told_apart()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["max-attempts"] = "2";
        world.Sandbox.Faults.Enqueue(Fault.Status(503));
        world.Sandbox.Faults.Enqueue(Fault.Status(500, "<html>secret internals</html>", "text/html"));

        Scenario.Verify(await world.RunAsync(), exitCode: 6);
    }
}
