using Ccaas.Action.Inputs;
using Ccaas.Sandbox;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Attacks;

/// <summary>
/// An earlier step of the job writes a variable: a line into GITHUB_ENV, a logging command on the agent. Every run must be the
/// same as without it, and nobody but the author's own server may be asked (docs/security.md, Environment variables).
/// </summary>
public sealed class EnvironmentAttacks
{
    // {0} is a server of the attacker; {1} its certificate authority; {2} a home folder that trusts it.
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
        ("INPUT_TIMEOUT", "1s"),
        ("CCAAS_SYSTEM", "terminal"),
        ("CCAAS_SYSTEM", "azure-pipelines"),
        ("CCAAS_SYSTEM", "github-actions"),
        ("CCAAS_DEBUG", "1"),
        ("SSL_CERT_FILE", "{1}"),
        ("SSL_CERT_DIR", "/nowhere"),
        ("OPENSSL_CONF", "/dev/null/nowhere"),
        ("OPENSSL_MODULES", "/nowhere"),
        ("HOME", "{2}"),
        ("SSLKEYLOGFILE", "{2}/keys"),
        ("DOTNET_SYSTEM_IO_DISABLEFILELOCKING", "1"),
        ("DOTNET_SYSTEM_NET_HTTP_SOCKETSHTTPHANDLER_HTTP2SUPPORT", "0"),
        ("DOTNET_SYSTEM_NET_DISABLEIPV6", "1"),
        ("GATEWAY_INTERFACE", "CGI/1.1"),
        ("LOCALDOMAIN", "attacker.example.test"),
        ("RES_OPTIONS", "attempts:9"),
        ("HOSTALIASES", "{2}/aliases"),
        ("AZURE_AUTHORITY_HOST", "{0}"),
        ("IDENTITY_ENDPOINT", "{0}"),
        ("AWS_ENDPOINT_URL", "{0}"),
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "{0}"),
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "{0}"),
        ("SYSTEM_OIDCREQUESTURI", "{0}"),
    ];

    public static IEnumerable<object[]> Variables => Hostile.Select(hostile => new object[] { hostile.Variable, hostile.Value });

    [Theory]
    [MemberData(nameof(Variables))]
    public async Task Step_and_its_post_step_are_the_same(string variable, string value)
    {
        await using var attack = await Attack.StartAsync(World.GitHubAsync);
        GiveAsRunner(attack.World);
        attack.World.Inputs["revoke"] = "true";

        await attack.AssertChangesNothingAsync([(variable, value)], async world =>
        {
            var run = await world.RunAsync();
            var step = Attack.Told(run, run.Outputs, run.Exports);
            var requests = Attack.Asked(world);
            var post = await world.RunPostAsync();
            return $"{step}{requests}{post.ExitCode} {post.Output.Contains("Revoked", StringComparison.Ordinal)}\n{Attack.Asked(world)}";
        });
    }

    [Theory]
    [MemberData(nameof(Variables))]
    public async Task Task_is_the_same(string variable, string value)
    {
        // The launcher passes the inputs that task.json declares and no other; what is declared cannot be planted.
        if (variable.StartsWith("INPUT_", StringComparison.Ordinal) && !variable["INPUT_".Length..].Contains('_', StringComparison.Ordinal))
        {
            return;
        }

        await using var attack = await Attack.StartAsync(World.AzureAsync);
        Give(attack.World);

        await attack.AssertChangesNothingAsync([(variable, value)], async world =>
        {
            var run = await world.RunAsync();
            var log = run.AgentLog();
            return Attack.Told(run, log.Outputs.ToDictionary(o => o.Key, o => $"{o.Value}"), log.Variables.ToDictionary(o => o.Key, o => $"{o.Value}")) + Attack.Asked(world);
        });
    }

    [Theory]
    [MemberData(nameof(Variables))]
    public async Task Script_is_the_same(string variable, string value)
    {
        await using var attack = await Attack.StartAsync(World.GitHubAsync);
        Give(attack.World);

        await attack.AssertChangesNothingAsync([(variable, value)], ScriptAsync);
    }

    /// <summary>All at once, because each of them would change the run: none is read, or one is named and nothing is sent.</summary>
    [Fact]
    public async Task No_other_spelling_of_any_input_counts_in_a_step()
    {
        await using var attack = await Attack.StartAsync(World.GitHubAsync);
        GiveAsRunner(attack.World);
        var spellings = from input in InputCatalog.All
                        from name in input.VariableNames.Append(input.ScriptVariableName).Distinct()
                        where name != input.VariableName
                        select (name, "{0}planted");

        await attack.AssertChangesNothingAsync([.. spellings], async world =>
        {
            var run = await world.RunAsync();
            return Attack.Told(run, run.Outputs, run.Exports) + Attack.Asked(world);
        });
    }

    [Fact]
    public async Task No_input_but_credentials_counts_in_a_script()
    {
        await using var attack = await Attack.StartAsync(World.GitHubAsync);
        Give(attack.World);
        var spellings = from input in InputCatalog.All
                        where !input.IsGivenToScripts
                        from name in input.VariableNames
                        select (name, "{0}planted");

        await attack.AssertChangesNothingAsync([.. spellings], ScriptAsync);
    }

    [Theory]
    [InlineData("INPUT_CLIENT_SECRET")]
    [InlineData("INPUT_CLIENT_ID")]
    public async Task Credential_that_is_planted_beside_the_authors_is_refused(string variable)
    {
        await using var attack = await Attack.StartAsync(World.GitHubAsync);
        Give(attack.World);
        attack.World.Environment[variable] = "planted-by-an-earlier-step";

        var run = await attack.World.RunAsync("get");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("are both set and differ", run.Error, StringComparison.Ordinal);
        Assert.Empty(attack.World.Sandbox.Requests);
    }

    [Theory]
    [InlineData("GITHUB_ACTIONS")]
    [InlineData("TF_BUILD")]
    public async Task Marker_of_the_other_system_is_refused_before_anything_is_said(string planted)
    {
        await using var attack = await Attack.StartAsync(planted == "TF_BUILD" ? World.GitHubAsync : World.AzureAsync);
        Give(attack.World);
        foreach (var arguments in new[] { [], ["get"], ["exec", "--", "env"], new[] { "revoke" } })
        {
            var variables = attack.World.Variables(arguments).ToDictionary();
            variables[planted] = "true";
            using var child = ChildProcess.Start(Executable.Start(attack.World.ArgumentsOf(arguments)), variables);

            var (exitCode, output, error) = await child.WaitAsync();

            Assert.Equal((2, ""), (exitCode, output));
            Assert.Matches("^[^#:]+: GITHUB_ACTIONS and TF_BUILD are both set[^#]+\n\\z", error);
        }

        Assert.Empty(attack.World.Sandbox.Requests);
    }

    [Fact]
    public async Task Marker_of_the_other_system_does_not_keep_a_token_from_being_revoked()
    {
        await using var attack = await Attack.StartAsync(World.GitHubAsync);
        GiveAsRunner(attack.World);
        attack.World.Inputs["revoke"] = "true";
        await attack.World.RunAsync();
        foreach (var (name, value) in Sandbox.GitHubRunner.CommandFileParser.Parse(attack.World.Files.Read("GITHUB_STATE")).Values)
        {
            attack.World.Environment[$"STATE_{name}"] = value;
        }

        using var child = ChildProcess.Start(Executable.Start(["post"]), attack.World.Variables().Append(new("TF_BUILD", "True")).ToDictionary());
        var (exitCode, output, _) = await child.WaitAsync();

        Assert.Equal(0, exitCode);
        Assert.Contains("Revoked", output, StringComparison.Ordinal);
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

    [Theory]
    [InlineData("SSL_CERT_FILE", "{1}")]
    [InlineData("SSL_CERT_DIR", "{3}")]
    [InlineData("HOME", "{2}")]
    public async Task Authority_of_an_earlier_step_is_not_trusted(string variable, string value)
    {
        foreach (var place in new[] { World.GitHubAsync, (Func<Func<SandboxOptions, SandboxOptions>?, Task<World>>)World.AzureAsync })
        {
            await using var attack = await Attack.StartAsync(place);
            attack.World.Inputs["token-url"] = new Uri(attack.Server.HttpsAddress, "oauth/token").ToString();
            attack.World.Environment[variable] = attack.Value(value);

            foreach (var arguments in new[] { [], new[] { "get" } })
            {
                var run = await attack.World.RunAsync(arguments);

                Assert.Contains("TLS was refused", $"{run.Output}{run.Error}", StringComparison.Ordinal);
                Assert.Empty(attack.Server.Requests);
            }
        }
    }

    [Theory]
    [InlineData("HTTPS_PROXY")]
    [InlineData("https_proxy")]
    [InlineData("ALL_PROXY")]
    public async Task Proxy_counts(string variable)
    {
        await using var world = await World.GitHubAsync();
        Give(world);
        world.Inputs["issuer"] = "https://login.example.test/";
        world.Inputs["max-attempts"] = "1";
        // Nobody listens there.
        world.Environment[variable] = "http://127.0.0.1:9";

        Assert.Contains("127.0.0.1:9", (await world.RunAsync()).Output, StringComparison.Ordinal);
    }

    private static async Task<string> ScriptAsync(World world)
    {
        world.Sandbox.ClearRequests();
        var get = await world.RunAsync("get");
        var exec = await world.RunAsync("exec", "--", "sh", "-c", "echo $CCAAS_ACCESS_TOKEN$PLANTED");
        world.Environment["CCAAS_ACCESS_TOKEN"] = Canary.Token.Value;
        var revoke = await world.RunAsync("revoke");
        return $"{get.ExitCode} {get.Output}{exec.ExitCode} {exec.Output}{revoke.ExitCode} {Attack.Asked(world)}";
    }

    /// <summary>An authorization server that is found by its issuer: no other address is given.</summary>
    private static void Give(World world) => world.Give(
        ("provider", "oauth2"), ("issuer", world.At("as")), ("client-id", Canary.ClientId), ("client-secret", Canary.ClientSecret.Value), ("cache", "off"));

    /// <summary>The runner sets every input that action.yml declares, empty where it is not given.</summary>
    private static void GiveAsRunner(World world)
    {
        Give(world);
        foreach (var input in InputCatalog.All.Where(input => !input.IsOptionOnly))
        {
            world.Inputs.TryAdd(input.Name, input.Default ?? "");
        }
    }
}
