using Ccaas.Testing;

namespace Ccaas.Action.Tests.Attacks;

/// <summary>
/// An earlier step of the job writes a variable: a line into GITHUB_ENV, a logging command on the agent. Every run must be the
/// same as without it, and nobody but the author's own server may be asked (docs/security.md, Environment variables).
/// </summary>
public sealed class EnvironmentAttacks
{
    // {0} is a server of the attacker; {1} a file with its certificate authority.
    private static readonly (string Variable, string Value)[] Hostile =
    [
        ("INPUT_TOKEN_URL", "{0}oauth/token"),
        ("INPUT_TOKENURL", "{0}oauth/token"),
        ("CCAAS_TOKEN_URL", "{0}oauth/token"),
        ("INPUT_REVOCATION_URL", "{0}as/revoke"),
        ("INPUT_REVOCATIONURL", "{0}as/revoke"),
        ("CCAAS_REVOCATION_URL", "{0}as/revoke"),
        ("INPUT_API_URL", "{0}"),
        ("INPUT_ISSUER", "{0}as"),
        ("INPUT_CA_CERTIFICATE", "{1}"),
        ("INPUT_CACERTIFICATE", "{1}"),
        ("INPUT_ENVIRONMENT_VARIABLE", "PLANTED"),
        ("INPUT_ENVIRONMENTVARIABLE", "PLANTED"),
        ("INPUT_SEALED_TOKEN", "planted"),
        ("INPUT_MAX_ATTEMPTS", "never"),
        ("INPUT_CACHE_REQUIRED", "never"),
        ("INPUT_SEAL_KEY", "short"),
        ("CCAAS_SYSTEM", "terminal"),
        ("CCAAS_SYSTEM", "azure-pipelines"),
        ("CCAAS_SYSTEM", "github-actions"),
        ("CCAAS_DEBUG", "1"),
    ];

    public static IEnumerable<object[]> Variables => Hostile.Select(hostile => new object[] { hostile.Variable, hostile.Value });

    [Theory]
    [MemberData(nameof(Variables))]
    public async Task Step_and_its_post_step_are_the_same(string variable, string value)
    {
        await using var attack = await Attack.StartAsync(World.GitHubAsync);
        attack.GiveAsRunner();
        attack.World.Inputs["revoke"] = "true";
        attack.Plant(variable, value);

        await StepIsTheSameAsync(attack);
        if (variable.Contains("REVOCATION", StringComparison.Ordinal) || variable.Contains("SYSTEM", StringComparison.Ordinal))
        {
            var post = await attack.World.RunPostAsync();
            Assert.Equal(0, post.ExitCode);
            Assert.Contains("Revoked", post.Output, StringComparison.Ordinal);
            Assert.Contains("POST /as/revoke 200", attack.Asked, StringComparison.Ordinal);
            Assert.Empty(attack.Server.Requests);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("CCAAS_SYSTEM=terminal")]
    [InlineData("CCAAS_SYSTEM=github-actions")]
    public async Task Task_is_the_same(string system)
    {
        await using var attack = await Attack.StartAsync(World.AzureAsync);
        attack.GiveIssuer();
        PlantAll(attack, system, variable => !Declared(variable));

        var run = await attack.World.RunAsync();

        var log = run.AgentLog();
        Assert.Equal((0, "Done"), (run.ExitCode, log.Result ?? "Done"));
        Assert.Equal((Canary.Token.Value, true), log.Outputs["accessToken"]);
        Assert.Equal(["CCAAS_ACCESS_TOKEN"], log.Variables.Keys);
        attack.AssertOnlyTheAuthorsServerIsAsked(run);

        // The launcher passes the inputs that task.json declares, the agent sets them, and no other.
        static bool Declared(string variable) => Input.All.Any(input => input.AgentVariableName == variable);
    }

    [Theory]
    [InlineData("")]
    [InlineData("CCAAS_SYSTEM=terminal")]
    [InlineData("CCAAS_SYSTEM=azure-pipelines")]
    public async Task Script_is_the_same(string system)
    {
        await using var attack = await Attack.StartAsync(World.GitHubAsync);
        attack.GiveIssuer();
        PlantAll(attack, system, _ => true);

        var exec = await attack.World.RunAsync("exec", "--", "sh", "-c", "echo $CCAAS_ACCESS_TOKEN$PLANTED");
        Assert.Equal((0, $"{Canary.Token.Value}\n"), (exec.ExitCode, exec.Printed));
        attack.AssertOnlyTheAuthorsServerIsAsked(exec);

        attack.World.Environment["CCAAS_ACCESS_TOKEN"] = Canary.Token.Value;
        attack.World.Inputs.Remove("cache");
        var revoke = await attack.World.RunAsync("revoke");
        Assert.Equal(0, revoke.ExitCode);
        Assert.Contains("POST /as/revoke 200", attack.Asked, StringComparison.Ordinal);
        Assert.Empty(attack.Server.Requests);
    }

    /// <summary>All at once, because each of them would change the run.</summary>
    [Fact]
    public async Task No_other_spelling_of_any_input_counts_in_a_step()
    {
        await using var attack = await Attack.StartAsync(World.GitHubAsync);
        attack.GiveAsRunner();
        foreach (var name in Input.All.SelectMany(input => input.VariableNames.Append(input.ScriptVariableName)
            .Except([input.VariableName])))
        {
            attack.Plant(name, "{0}planted");
        }

        await StepIsTheSameAsync(attack);
    }

    [Fact]
    public async Task No_input_but_credentials_counts_in_a_script()
    {
        await using var attack = await Attack.StartAsync(World.GitHubAsync);
        attack.GiveIssuer();
        foreach (var name in Input.All.Where(input => !input.IsGivenToScripts).SelectMany(input => input.VariableNames))
        {
            attack.Plant(name, "{0}planted");
        }

        var run = await attack.World.RunAsync("get");

        Assert.Equal((0, $"{Canary.Token.Value}\n"), (run.ExitCode, run.Printed));
        attack.AssertOnlyTheAuthorsServerIsAsked(run);
    }

    [Theory]
    [InlineData("INPUT_CLIENT_SECRET")]
    [InlineData("INPUT_CLIENT_ID")]
    public async Task Credential_that_is_planted_beside_the_authors_is_refused(string variable)
    {
        await using var attack = await Attack.StartAsync(World.GitHubAsync);
        attack.GiveIssuer();
        attack.World.Environment[variable] = "planted-by-an-earlier-step";

        var run = await attack.World.RunAsync("get");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("are both set and differ", run.Error, StringComparison.Ordinal);
        Assert.Empty(attack.World.Sandbox.Requests);
    }

    [Fact]
    public async Task Variable_that_does_not_count_in_a_script_is_named_where_the_input_is_missing()
    {
        await using var world = await World.GitHubAsync();
        world.Give();
        world.Environment["INPUT_PROVIDER"] = "oauth2";

        var run = await world.RunAsync("get");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("INPUT_PROVIDER does not count in a script of a job; give --provider.", run.Error, StringComparison.Ordinal);
    }

    /// <summary>A sealed token is public: sealed under a planted key, it would lie open to whoever planted it.</summary>
    [Fact]
    public async Task Token_is_not_sealed_under_an_earlier_steps_key()
    {
        await using var attack = await Attack.StartAsync(World.GitHubAsync);
        attack.GiveAsRunner();
        attack.World.Inputs["seal"] = "true";
        attack.Plant("INPUT_SEAL_KEY", "planted-by-an-earlier-step-0123456789abcdef");

        var sealing = await attack.World.RunAsync();
        attack.World.Environment.Remove("INPUT_SEAL_KEY");
        attack.World.Inputs["seal"] = "";
        attack.World.Inputs["sealed-token"] = sealing.Outputs["sealed-token"];
        var opening = await attack.World.RunNextStepAsync();

        Assert.Equal((Canary.Token.Value, "sealed"), (opening.Outputs["access-token"], opening.Outputs["source"]));
    }

    [Fact]
    public async Task Nothing_is_exported_where_the_author_wants_no_export()
    {
        await using var attack = await Attack.StartAsync(World.GitHubAsync);
        attack.GiveAsRunner();
        attack.World.Inputs["environment-variable"] = "";
        attack.Plant("INPUT_ENVIRONMENT_VARIABLE", "PLANTED");

        Assert.Empty((await attack.World.RunAsync()).Exports);
    }

    private static async Task StepIsTheSameAsync(Attack attack)
    {
        var run = await attack.World.RunAsync();

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal((Canary.Token.Value, "issued"), (run.Outputs["access-token"], run.Outputs["source"]));
        Assert.Equal(["CCAAS_ACCESS_TOKEN"], run.Exports.Keys);
        Assert.DoesNotContain("##vso", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("::warning", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("debug", run.Output, StringComparison.Ordinal);
        attack.AssertOnlyTheAuthorsServerIsAsked(run);
    }

    private static void PlantAll(Attack attack, string system, Func<string, bool> isPossible)
    {
        foreach (var (variable, value) in Hostile.Where(hostile => isPossible(hostile.Variable) && hostile.Variable != "INPUT_SEAL_KEY"))
        {
            attack.Plant(variable, value);
        }

        attack.World.Environment["CCAAS_SYSTEM"] = system.Replace("CCAAS_SYSTEM=", "", StringComparison.Ordinal);
    }
}
