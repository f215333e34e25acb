using Ccaas.Sandbox;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Scenarios;

/// <summary>Runs that pass on a token.</summary>
public sealed class SuccessScenarios
{
    [Fact]
    public async Task Token_is_masked_in_every_form_and_published_when_only_what_is_needed_is_given()
    {
        await using var world = await World.GitHubAsync();
        world.ShowsAllMasks = true;

        var run = await world.RunAsync();

        Scenario.Verify(run, exitCode: 0);
        Assert.Equal(Canary.Token.Value, run.Outputs["access-token"]);
        Assert.Equal(Canary.Token.Value, run.Exports["CCAAS_ACCESS_TOKEN"]);
    }

    [Fact]
    public async Task Organization_is_published_when_verify_is_on()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["verify"] = "true";

        Scenario.Verify(await world.RunAsync(), exitCode: 0);
    }

    [Fact]
    public async Task Token_is_published_when_its_organization_is_allowed()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["allowed-organizations"] = $"99999999-0000-4000-8000-000000000000\n{Canary.OrganizationId.ToUpperInvariant()}";

        Scenario.Verify(await world.RunAsync(), exitCode: 0);
    }

    [Fact]
    public async Task Variables_of_the_vendors_tools_are_exported_when_tool_environment_is_on()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["region"] = "mypurecloud.ie";
        world.Inputs["tool-environment"] = "true";

        Scenario.Verify(await world.RunAsync(), exitCode: 0);
    }

    [Fact]
    public async Task Nothing_is_exported_when_the_variables_name_is_empty()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["environment-variable"] = "";

        Scenario.Verify(await world.RunAsync(), exitCode: 0);
    }

    [Fact]
    public async Task Token_is_exported_under_the_name_that_was_given()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["environment-variable"] = "MY_TOKEN";

        Scenario.Verify(await world.RunAsync(), exitCode: 0);
    }

    [Fact]
    public async Task Inputs_are_listed_without_secrets_when_the_step_is_debugged()
    {
        await using var world = await World.GitHubAsync();
        world.Environment["RUNNER_DEBUG"] = "1";

        Scenario.Verify(await world.RunAsync(), exitCode: 0);
    }

    [Fact]
    public async Task Domain_that_is_not_in_the_table_is_taken_as_it_is()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["region"] = "NEW1.pure.cloud";
        world.Inputs["tool-environment"] = "true";
        world.Inputs["api-url"] = null;

        Scenario.Verify(await world.RunAsync(), exitCode: 0);
    }

    [Fact]
    public async Task Address_of_the_old_tutorial_is_reached_through_token_url()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["token-url"] = new Uri(world.Sandbox.HttpAddress, "api/v2/oauth/token").ToString();

        Scenario.Verify(await world.RunAsync(), exitCode: 0);
    }

    [Fact]
    public async Task Warning_is_given_when_a_fresh_token_lasts_less_than_the_minimum_validity()
    {
        await using var world = await World.GitHubAsync(options => options with { TokenLifetime = 300 });
        world.Inputs["minimum-validity"] = "15m";

        Scenario.Verify(await world.RunAsync(), exitCode: 0);
    }

    [Fact]
    public async Task Expiry_stays_empty_when_the_server_does_not_tell_it()
    {
        await using var world = await World.GitHubAsync();
        world.Sandbox.Faults.Enqueue(Fault.Body($$"""{"access_token":"{{Canary.Token.Value}}","token_type":"Bearer"}"""));

        Scenario.Verify(await world.RunAsync(), exitCode: 0);
    }

    [Fact]
    public async Task Expiry_stays_empty_with_a_warning_when_it_makes_no_sense()
    {
        await using var world = await World.GitHubAsync();
        world.Sandbox.Faults.Enqueue(Fault.Body($$"""{"access_token":"{{Canary.Token.Value}}","token_type":"Bearer","expires_in":"soon"}"""));

        Scenario.Verify(await world.RunAsync(), exitCode: 0);
    }

    [Fact]
    public async Task Certificate_of_a_private_authority_is_trusted_when_given_as_text()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["token-url"] = new Uri(world.Sandbox.HttpsAddress, "oauth/token").ToString();
        world.Inputs["ca-certificate"] = world.Sandbox.CertificateAuthorityPem;

        var run = await world.RunAsync();

        // The certificate is made anew at every start.
        world.Inputs["ca-certificate"] = "{PEM text}";
        Scenario.Verify(run, exitCode: 0);
    }

    [Fact]
    public async Task Certificate_of_a_private_authority_is_trusted_when_given_as_a_file()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["token-url"] = new Uri(world.Sandbox.HttpsAddress, "oauth/token").ToString();
        world.Inputs["ca-certificate"] = world.GiveFile("authority.pem", world.Sandbox.CertificateAuthorityPem);

        Scenario.Verify(await world.RunAsync(), exitCode: 0);
    }

    [Fact]
    public async Task Organizations_name_can_neither_act_as_a_command_nor_break_the_summary()
    {
        await using var world = await World.GitHubAsync(options => options with
        {
            Clients =
            [
                new SandboxClient(Canary.ClientId, Canary.ClientSecret.Value, Canary.OrganizationId,
                    "Evil | `co`\n::set-output name=x::y\r\n##[add-mask]z <img src=x> [link](http://x) *b* @octocat \u202Eoops\u0007"),
            ],
        });
        world.Inputs["verify"] = "true";

        Scenario.Verify(await world.RunAsync(), exitCode: 0);
    }

    [Fact]
    public async Task Warning_is_given_when_the_secret_is_too_short_to_mask()
    {
        await using var world = await World.GitHubAsync(options => options with
        {
            Clients = [new SandboxClient(Canary.ClientId, "s3cret", Canary.OrganizationId, "Example")],
        });
        world.Inputs["client-secret"] = "s3cret";

        Scenario.Verify(await world.RunAsync(), exitCode: 0);
    }

    [Fact]
    public async Task Outputs_follow_what_an_earlier_program_left_without_a_line_break()
    {
        await using var world = await World.GitHubAsync();
        await File.WriteAllTextAsync(world.Files.Path("GITHUB_OUTPUT"), "earlier=1");

        var run = await world.RunAsync();

        Scenario.Verify(run, exitCode: 0);
        Assert.Equal("1", run.Outputs["earlier"]);
    }
}
