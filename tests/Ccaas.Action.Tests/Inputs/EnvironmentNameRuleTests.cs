namespace Ccaas.Action.Tests.Inputs;

/// <summary>Names under which a token would change how later steps run.</summary>
public sealed class EnvironmentNameRuleTests
{
    [Theory]
    [InlineData("CCAAS_ACCESS_TOKEN")]
    [InlineData("GENESYSCLOUD_ACCESS_TOKEN")]
    [InlineData("TOKEN")]
    [InlineData("_token2")]
    [InlineData("t")]
    [InlineData("MY_PATH")]
    [InlineData("OLD_PATH")]
    [InlineData("ENVIRONMENT")]
    [InlineData("ENV_TOKEN")]
    [InlineData("PATHS")]
    [InlineData("CXONE_TOKEN")]
    [InlineData("SF_ACCESS_TOKEN")]
    [InlineData("TWILIO_AUTH_TOKEN")]
    [InlineData("NPM_TOKEN")]
    [InlineData("GOLD_TOKEN")]
    [InlineData("R_TOKEN")]
    [InlineData("TF_VAR_genesys_token")]
    public void Name_of_ones_own_is_accepted(string name) => Assert.Null(EnvironmentNameRule.Check(name));

    [Theory]
    [InlineData("NODE_OPTIONS")]
    [InlineData("PATH")]
    [InlineData("LD_PRELOAD")]
    [InlineData("LD_LIBRARY_PATH")]
    [InlineData("LD_AUDIT")]
    [InlineData("DYLD_INSERT_LIBRARIES")]
    [InlineData("DYLD_LIBRARY_PATH")]
    [InlineData("BASH_ENV")]
    [InlineData("ENV")]
    [InlineData("DOTNET_STARTUP_HOOKS")]
    [InlineData("DOTNET_ROOT")]
    [InlineData("GITHUB_TOKEN")]
    [InlineData("GITHUB_ENV")]
    [InlineData("GITHUB_OUTPUT")]
    [InlineData("RUNNER_TEMP")]
    [InlineData("RUNNER_DEBUG")]
    [InlineData("ACTIONS_ID_TOKEN_REQUEST_TOKEN")]
    [InlineData("ACTIONS_ALLOW_UNSECURE_COMMANDS")]
    [InlineData("INPUT_CLIENT_SECRET")]
    [InlineData("STATE_TOKEN")]
    [InlineData("HOME")]
    [InlineData("IFS")]
    [InlineData("SHELLOPTS")]
    [InlineData("PROMPT_COMMAND")]
    [InlineData("PYTHONPATH")]
    [InlineData("PYTHONSTARTUP")]
    [InlineData("PERL5LIB")]
    [InlineData("RUBYOPT")]
    [InlineData("JAVA_TOOL_OPTIONS")]
    [InlineData("CORECLR_PROFILER_PATH")]
    [InlineData("MSBUILDSDKSPATH")]
    [InlineData("GIT_SSH_COMMAND")]
    [InlineData("NPM_CONFIG_REGISTRY")]
    [InlineData("PIP_INDEX_URL")]
    [InlineData("HTTPS_PROXY")]
    [InlineData("NODE_EXTRA_CA_CERTS")]
    [InlineData("SSL_CERT_FILE")]
    [InlineData("SYSTEM_ACCESSTOKEN")]
    [InlineData("TF_BUILD")]
    [InlineData("CCAAS_SYSTEM")]
    [InlineData("CCAAS_DEBUG")]
    [InlineData("CCAAS_CLIENT_SECRET")]
    [InlineData("ccaas_token_url")]
    [InlineData("CI")]
    [InlineData("GH_TOKEN")]
    [InlineData("GITLAB_TOKEN")]
    [InlineData("GLIBC_TUNABLES")]
    [InlineData("GTK_MODULES")]
    [InlineData("MAKEFILES")]
    [InlineData("SHLIB_PATH")]
    [InlineData("KUBECONFIG")]
    [InlineData("TF_CLI_CONFIG_FILE")]
    [InlineData("TF_CLI_ARGS")]
    [InlineData("TF_TOKEN_app_terraform_io")]
    [InlineData("LUA_INIT")]
    [InlineData("LUA_INIT_5_4")]
    [InlineData("HELM_DRIVER")]
    [InlineData("ANSIBLE_CONFIG")]
    [InlineData("AWS_SECRET_ACCESS_KEY")]
    [InlineData("AZURE_CLIENT_SECRET")]
    [InlineData("GOOGLE_APPLICATION_CREDENTIALS")]
    [InlineData("NODE_REPL_EXTERNAL_MODULE")]
    [InlineData("ELECTRON_RUN_AS_NODE")]
    [InlineData("DENO_AUTH_TOKENS")]
    [InlineData("PHPRC")]
    [InlineData("PHP_INI_SCAN_DIR")]
    [InlineData("R_PROFILE_USER")]
    [InlineData("JULIA_LOAD_PATH")]
    [InlineData("GOPROXY")]
    [InlineData("HOSTALIASES")]
    [InlineData("SSLKEYLOGFILE")]
    public void Name_that_would_do_harm_is_refused_in_any_case(string name)
    {
        foreach (var spelling in new[] { name, name.ToLowerInvariant(), $"{name[0]}{name[1..].ToLowerInvariant()}" })
        {
            Assert.Contains("is refused", EnvironmentNameRule.Check(spelling), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("2TOKENS")]
    [InlineData("MY-TOKEN")]
    [InlineData("MY TOKEN")]
    [InlineData("MY.TOKEN")]
    [InlineData("TOKEN=x")]
    [InlineData("TOKEN<<EOF")]
    [InlineData("TOKEN\n")]
    [InlineData("TOKEN\nPATH")]
    [InlineData("TÖKEN")]
    [InlineData("${{ x }}")]
    public void Text_that_is_no_name_is_refused(string name) =>
        Assert.Contains("is not the name", EnvironmentNameRule.Check(name), StringComparison.Ordinal);

    [Fact]
    public void Name_may_be_128_characters_long()
    {
        Assert.Null(EnvironmentNameRule.Check(new string('T', 128)));
        Assert.NotNull(EnvironmentNameRule.Check(new string('T', 129)));
    }

    /// <summary>What is accepted can stand in a command file and be set by every shell.</summary>
    [Fact]
    public void Nothing_hostile_is_accepted() => Property.HoldsForAnyText(text =>
    {
        if (EnvironmentNameRule.Check(text) is null)
        {
            Assert.All(text, c => Assert.True(char.IsAsciiLetterOrDigit(c) || c == '_'));
        }
    });
}
