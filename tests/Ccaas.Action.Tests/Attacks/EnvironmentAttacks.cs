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
        ("OPENSSL_CONF", "/nowhere"),
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
    ];

    public static IEnumerable<object[]> Variables => Hostile.Select(hostile => new object[] { hostile.Variable, hostile.Value });

    [Theory]
    [MemberData(nameof(Variables))]
    public async Task Step_and_its_post_step_are_the_same(string variable, string value)
    {
        await using var attack = await Attack.StartAsync(World.GitHubAsync);
        GiveAsRunner(attack.World);
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
        Give(attack.World);
        PlantAll(attack, system, variable => !Declared(variable));

        var run = await attack.World.RunAsync();

        var log = run.AgentLog();
        Assert.Equal((0, "Done"), (run.ExitCode, log.Result ?? "Done"));
        Assert.Equal((Canary.Token.Value, true), log.Outputs["accessToken"]);
        Assert.Equal(["CCAAS_ACCESS_TOKEN"], log.Variables.Keys);
        attack.AssertOnlyTheAuthorsServerIsAsked(run);

        // The launcher passes the inputs that task.json declares, the agent sets them, and no other.
        static bool Declared(string variable) => InputCatalog.All.Any(input => input.AgentVariableName == variable);
    }

    [Theory]
    [InlineData("")]
    [InlineData("CCAAS_SYSTEM=terminal")]
    [InlineData("CCAAS_SYSTEM=azure-pipelines")]
    public async Task Script_is_the_same(string system)
    {
        await using var attack = await Attack.StartAsync(World.GitHubAsync);
        Give(attack.World);
        PlantAll(attack, system, _ => true);

        var exec = await attack.World.RunAsync("exec", "--", "sh", "-c", "echo $CCAAS_ACCESS_TOKEN$PLANTED");
        Assert.Equal((0, $"{Canary.Token.Value}\n"), (exec.ExitCode, exec.Output));
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
        GiveAsRunner(attack.World);
        foreach (var name in InputCatalog.All.SelectMany(input => input.VariableNames.Append(input.ScriptVariableName).Except([input.VariableName])))
        {
            attack.Plant(name, "{0}planted");
        }

        await StepIsTheSameAsync(attack);
    }

    [Fact]
    public async Task No_input_but_credentials_counts_in_a_script()
    {
        await using var attack = await Attack.StartAsync(World.GitHubAsync);
        Give(attack.World);
        foreach (var name in InputCatalog.All.Where(input => !input.IsGivenToScripts).SelectMany(input => input.VariableNames))
        {
            attack.Plant(name, "{0}planted");
        }

        var run = await attack.World.RunAsync("get");

        Assert.Equal((0, $"{Canary.Token.Value}\n"), (run.ExitCode, run.Output));
        attack.AssertOnlyTheAuthorsServerIsAsked(run);
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

    /// <summary>OpenSSL loads the libraries that its configuration names: whoever chooses the file runs code with the secrets.</summary>
    [Fact]
    public async Task Configuration_of_openssl_is_not_an_earlier_steps()
    {
        await using var attack = await Attack.StartAsync(World.GitHubAsync);
        attack.World.Inputs["token-url"] = new Uri(attack.World.Sandbox.HttpsAddress, "oauth/token").ToString();
        attack.World.Inputs["ca-certificate"] = attack.World.Sandbox.CertificateAuthorityPem;
        // A provider beside which there is no default one: no algorithm is left, and TLS fails.
        attack.World.Environment["OPENSSL_CONF"] = attack.World.GiveFile("openssl.cnf", "openssl_conf = init\n[init]\nproviders = all\n[all]\nnull = none\n[none]\nactivate = 1\n");

        var run = await attack.World.RunAsync();

        Assert.True(run.ExitCode == 0, run.Output);
    }

    [Fact]
    public async Task Directory_of_a_vault_is_not_an_earlier_steps()
    {
        var entra = new SandboxEntra { Clients = [new SandboxEntraClient("5a4db0c5-0000-4000-8000-00000000c11e") { ClientSecret = "s3cr3t+of the~build" }] };
        await using var attack = await Attack.StartAsync(_ => World.GitHubAsync(options => options with { Entra = entra }));
        Give(attack.World);
        attack.World.Inputs["cache"] = $"azure-keyvault://{attack.World.Sandbox.HttpAddress.Authority}/ci-token";
        attack.World.Environment["AZURE_TENANT_ID"] = entra.TenantId;
        attack.World.Environment["AZURE_CLIENT_ID"] = "5a4db0c5-0000-4000-8000-00000000c11e";
        attack.World.Environment["AZURE_CLIENT_SECRET"] = "s3cr3t+of the~build";
        attack.Plant("AZURE_AUTHORITY_HOST", "{0}");

        Assert.Equal(0, (await attack.World.RunAsync()).ExitCode);

        Assert.Contains($"POST /{entra.TenantId}/oauth2/v2.0/token 200", attack.Asked, StringComparison.Ordinal);
        Assert.Empty(attack.Server.Requests);
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL")]
    [InlineData("AWS_ENDPOINT_URL_SECRETS_MANAGER")]
    public async Task Signed_request_and_session_token_do_not_go_to_an_earlier_steps_host(string variable)
    {
        var key = new SandboxAccessKey("AKIASANDBOXSANDBOX00", "s3cr3t/of+the/key");
        await using var attack = await Attack.StartAsync(_ => World.GitHubAsync(options => options with { Aws = new SandboxAws { Region = "us-east-1", AccessKeys = [key] } }));
        Give(attack.World);
        attack.World.Inputs["cache"] = $"aws-secretsmanager://{attack.World.Sandbox.HttpAddress.Authority}/ci-token";
        attack.World.Environment["AWS_ACCESS_KEY_ID"] = key.AccessKeyId;
        attack.World.Environment["AWS_SECRET_ACCESS_KEY"] = key.SecretAccessKey;
        attack.Plant(variable, "{0}");

        Assert.Equal(0, (await attack.World.RunAsync()).ExitCode);

        Assert.Contains(attack.World.Sandbox.Requests, request => request.Header("X-Amz-Target") == "secretsmanager.GetSecretValue");
        Assert.Empty(attack.Server.Requests);
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

    private static async Task StepIsTheSameAsync(Attack attack)
    {
        var run = await attack.World.RunAsync();

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal((Canary.Token.Value, "issued"), (run.Outputs["access-token"], run.Outputs["source"]));
        Assert.Equal(["CCAAS_ACCESS_TOKEN"], run.Exports.Keys);
        Assert.DoesNotContain("##vso", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("debug", run.Output, StringComparison.Ordinal);
        attack.AssertOnlyTheAuthorsServerIsAsked(run);
    }

    private static void PlantAll(Attack attack, string system, Func<string, bool> isPossible)
    {
        foreach (var (variable, value) in Hostile.Where(hostile => isPossible(hostile.Variable)))
        {
            attack.Plant(variable, value);
        }

        attack.World.Environment["CCAAS_SYSTEM"] = system.Replace("CCAAS_SYSTEM=", "", StringComparison.Ordinal);
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
