using Ccaas.Sandbox;
using Ccaas.Sandbox.Genesys;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Scenarios;

/// <summary>What the vendor's API may answer when it is asked whom the token belongs to. The token is masked, and not published.</summary>
public sealed class VerificationScenarios
{
    private const string Api = "/api/";

    [Theory]
    [InlineData("bad-credentials", 401, "bad.credentials", 3)]
    [InlineData("expired", 401, "credentials.expired", 3)]
    [InlineData("address-not-allowed", 401, "ip.not.authorized", 4)]
    [InlineData("no-permission", 403, "missing.any.permissions", 4)]
    [InlineData("not-found", 404, "not.found", 6)]
    public async Task Refusal_is_explained(string name, int status, string code, int exitCode)
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["verify"] = "true";
        world.Sandbox.Faults.Enqueue(Api, GenesysFaults.ApiError(status, code, "What the vendor says of it."));

        AssertNotHandedOn(await world.RunAsync(), exitCode, name);
    }

    [Fact]
    public async Task Organization_that_is_not_allowed_fails_the_step()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["allowed-organizations"] = "99999999-0000-4000-8000-000000000000, 88888888-0000-4000-8000-000000000000";

        AssertNotHandedOn(await world.RunAsync(), exitCode: 4);
    }

    [Theory]
    [InlineData("html", "<html/>")]
    [InlineData("array", "[]")]
    [InlineData("no-id", """{"name":"x"}""")]
    [InlineData("id-is-a-number", """{"id":1,"name":"x"}""")]
    public async Task Response_that_names_no_organization_fails_the_step(string name, string body)
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["verify"] = "true";
        world.Sandbox.Faults.Enqueue(Api, Fault.Body(body));

        AssertNotHandedOn(await world.RunAsync(), exitCode: 6, name);
    }

    [Fact]
    public async Task Token_in_an_error_text_is_redacted()
    {
        await using var world = await World.TerminalAsync();
        world.Inputs["verify"] = "true";
        world.Sandbox.Faults.Enqueue(Api, GenesysFaults.ApiError(401, "bad.credentials", $"The token {Canary.Token.Value} is not valid"));

        Scenario.Verify(await world.RunAsync(), exitCode: 3);
    }

    [Fact]
    public async Task Question_is_tried_again_like_the_token_request()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["verify"] = "true";
        world.Sandbox.Faults.Enqueue(Api, GenesysFaults.ApiError(429, "too.many.requests", "Rate limit exceeded"));
        world.Sandbox.Faults.Enqueue(Api, Fault.Reset);

        Scenario.Verify(await world.RunAsync(), exitCode: 0);
    }

    private static void AssertNotHandedOn(Run run, int exitCode, string? name = null,
        [System.Runtime.CompilerServices.CallerFilePath] string file = "",
        [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        Scenario.Verify(run, exitCode, name, file, method);
        Assert.Empty(run.File("GITHUB_OUTPUT"));
        Assert.Empty(run.File("GITHUB_ENV"));
    }
}
