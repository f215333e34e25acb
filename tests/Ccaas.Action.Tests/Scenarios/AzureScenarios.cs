using System.Text.Json;
using Ccaas.Sandbox;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Scenarios;

/// <summary>The program as the task of an Azure Pipelines job, its output read by the agent's rules.</summary>
public sealed class AzureScenarios
{
    private const string Connection = "5f3b0c1e-0000-4000-8000-00000000c0de";

    [Fact]
    public async Task Token_becomes_output_variables_and_a_secret_variable()
    {
        await using var world = await World.AzureAsync();
        world.Inputs["verify"] = "true";
        world.Inputs["tool-environment"] = "true";

        var run = await world.RunAsync();

        Scenario.Verify(run, exitCode: 0);
        var log = run.AgentLog();
        Assert.Equal((Canary.Token.Value, true), log.Outputs["accessToken"]);
        Assert.Equal((Canary.OrganizationId, false), log.Outputs["organizationId"]);
        Assert.Equal((Canary.Token.Value, true), log.Variables["CCAAS_ACCESS_TOKEN"]);
        Assert.Equal(("us-east-1", false), log.Variables["GENESYSCLOUD_REGION"]);
    }

    [Fact]
    public async Task Every_form_of_a_secret_is_known_before_anything_else_is_said()
    {
        await using var world = await World.AzureAsync();
        world.ShowsAllMasks = true;

        Scenario.Verify(await world.RunAsync(), exitCode: 0);
    }

    [Fact]
    public async Task Failure_is_told_by_the_result_and_not_by_a_number()
    {
        await using var world = await World.AzureAsync();
        world.Inputs["client-secret"] = $"{Canary.ClientSecret.Value}-but-wrong";

        Scenario.Verify(await world.RunAsync(), exitCode: 3);
    }

    [Fact]
    public async Task Everything_wrong_with_the_inputs_is_said_at_once()
    {
        await using var world = await World.AzureAsync();
        world.Inputs["region"] = "mars";
        world.Inputs["client-secret"] = "";
        world.Inputs["timeout"] = "soon";

        Scenario.Verify(await world.RunAsync(), exitCode: 2);
    }

    [Fact]
    public async Task Variables_that_nobody_set_are_recognized()
    {
        await using var world = await World.AzureAsync();
        world.Inputs["client-id"] = "$(GENESYS_CLIENT_ID)";
        world.Inputs["client-secret"] = "$(genesys.client-secret)";
        world.Inputs["region"] = "$(REGION)";

        Scenario.Verify(await world.RunAsync(), exitCode: 2);
    }

    [Theory]
    [InlineData("accessToken")]
    [InlineData("REGION")]
    public async Task Variable_of_an_outputs_name_is_refused(string name)
    {
        await using var world = await World.AzureAsync();
        world.Inputs["environment-variable"] = name;

        var run = await world.RunAsync();

        Assert.Equal("Failed", run.AgentLog().Result);
        Assert.Contains("is the name of one of this task's output variables", Assert.Single(run.AgentLog().Issues).Message,
            StringComparison.Ordinal);
        Assert.Empty(world.Sandbox.Requests);
    }

    [Fact]
    public async Task Connection_gives_credentials_and_its_region_is_no_secret()
    {
        await using var world = await World.AzureAsync();
        GiveConnection(world);

        var run = await world.RunAsync();

        Scenario.Verify(run, exitCode: 0);
        Assert.Equal(("eu-west-1", false), run.AgentLog().Outputs["region"]);
        Assert.DoesNotContain("eu-west-1", run.AgentLog().Secrets);
        Assert.DoesNotContain(Canary.ClientId, run.AgentLog().Secrets);
    }

    [Fact]
    public async Task Input_of_the_step_wins_over_the_connection()
    {
        await using var world = await World.AzureAsync();
        GiveConnection(world);
        world.Inputs["region"] = "eu-central-1";

        Assert.Equal(("eu-central-1", false), (await world.RunAsync()).AgentLog().Outputs["region"]);
    }

    [Fact]
    public async Task Connection_for_cxone_holds_all_four()
    {
        await using var world = await World.AzureAsync();
        world.Give(("provider", "nice-cxone"));
        world.Environment["INPUT_CXONECONNECTION"] = Connection;
        // Of another provider's, and so not looked at.
        world.Environment["INPUT_GENESYSCONNECTION"] = "another";
        world.Environment["ENDPOINT_AUTH_PARAMETER_another_USERNAME"] = "another-client";
        foreach (var (name, value) in new[]
        {
            ("AUTH_PARAMETER", ("USERNAME", Canary.ClientId)),
            ("AUTH_PARAMETER", ("PASSWORD", Canary.ClientSecret.Value)),
            ("AUTH_PARAMETER", ("ACCESSKEYID", Canary.AccessKeyId)),
            ("AUTH_PARAMETER", ("ACCESSKEYSECRET", Canary.AccessKeySecret.Value)),
            ("DATA", ("ISSUER", world.At("cxone"))),
        }.Select(entry => ($"ENDPOINT_{entry.Item1}_{Connection}_{entry.Item2.Item1}", entry.Item2.Item2)))
        {
            world.Environment[name] = value;
        }

        var run = await world.RunAsync();

        Scenario.Verify(run, exitCode: 0);
        Assert.Equal(("na1", false), run.AgentLog().Outputs["region"]);
    }

    [Fact]
    public async Task Vendors_text_cannot_act_as_a_command()
    {
        await using var world = await World.AzureAsync();
        world.Sandbox.Faults.Enqueue(Fault.Status(400, JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["error"] = "x##vso[task.setvariable variable=PATH]evil",
            ["error_description"] = "##vso[task.complete result=Succeeded;]\n##vso[task.setvariable variable=A;isoutput=true]b "
                + "%0A##[error]z %AZP25 ##VSO[task.setsecret]a",
        })));

        var run = await world.RunAsync();

        Scenario.Verify(run, exitCode: 3);
        Assert.Empty(run.AgentLog().Variables);
        Assert.DoesNotContain(run.AgentLog().Shown, line => line.StartsWith("##[error]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Token_is_revoked_in_the_post_job_stage()
    {
        await using var world = await World.AzureAsync();
        world.Inputs["revoke"] = "true";

        var task = await world.RunAsync();
        Scenario.Verify(task, exitCode: 0, "task");
        Assert.True(world.Sandbox.IsTokenValid(Canary.Token.Value));

        Scenario.Verify(await world.RunPostJobAsync(task), exitCode: 0, "post");
        Assert.False(world.Sandbox.IsTokenValid(Canary.Token.Value));
    }

    [Fact]
    public async Task Post_job_stage_that_fails_is_a_warning()
    {
        await using var world = await World.AzureAsync();
        world.Inputs["revoke"] = "true";
        world.Inputs["max-attempts"] = "1";
        var task = await world.RunAsync();
        world.Sandbox.Faults.Enqueue(Fault.Status(500));

        var post = await world.RunPostJobAsync(task);

        Scenario.Verify(post, exitCode: 0);
        Assert.Equal("warning", Assert.Single(post.AgentLog().Issues).Type);
    }

    [Fact]
    public async Task Inputs_are_listed_when_the_pipeline_is_debugged()
    {
        await using var world = await World.AzureAsync();
        world.Environment["SYSTEM_DEBUG"] = "true";

        Scenario.Verify(await world.RunAsync(), exitCode: 0);
    }

    [Fact]
    public async Task Settings_of_the_agent_that_cannot_be_used_are_a_warning()
    {
        await using var world = await World.AzureAsync();
        world.Environment["AGENT_PROXYURL"] = "proxy.example.test:8080";

        Scenario.Verify(await world.RunAsync(), exitCode: 0);
    }

    [Theory]
    [InlineData("azure-pipelines")]
    [InlineData("github-actions")]
    [InlineData("terminal")]
    [InlineData("jenkins")]
    public async Task System_can_be_named(string name)
    {
        await using var world = await World.TerminalAsync();
        world.Give();
        world.Environment["CCAAS_SYSTEM"] = name;
        world.Environment["CCAAS_CLIENT_SECRET"] = Canary.ClientSecret.Value;

        var run = await world.RunAsync(
            "--provider", "genesys-cloud", "--client-id", Canary.ClientId, "--token-url", world.At("oauth/token"));

        Snapshot.Verify(
            $"{run.ExitCode}\n{string.Join('\n', $"{run.Output}{run.Error}".Split('\n').Where(line => line.Contains("CCAAS_SYSTEM", StringComparison.Ordinal) || line.Contains("GITHUB_OUTPUT", StringComparison.Ordinal) || line.Contains("variable=accessToken", StringComparison.Ordinal) || line == Canary.Token.Value))}\n", name);
    }

    private static void GiveConnection(World world)
    {
        world.Give(("provider", "genesys-cloud"), ("token-url", world.At("oauth/token")), ("api-url", world.At("")));
        world.Environment["INPUT_GENESYSCONNECTION"] = Connection.ToUpperInvariant();
        world.Environment[$"ENDPOINT_URL_{Connection}"] = "https://example.test/";
        world.Environment[$"ENDPOINT_AUTH_SCHEME_{Connection}"] = "UsernamePassword";
        world.Environment[$"ENDPOINT_AUTH_PARAMETER_{Connection}_USERNAME"] = Canary.ClientId;
        world.Environment[$"ENDPOINT_AUTH_PARAMETER_{Connection}_PASSWORD"] = Canary.ClientSecret.Value;
        world.Environment[$"ENDPOINT_DATA_{Connection}_REGION"] = "eu-west-1";
    }
}
