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

    /// <summary>Variables that exist, by what reads them: every rule of the list has one.</summary>
    public static TheoryData<string> HarmfulNames =>
    [
        .. """
            PATH PATHEXT HOME USERPROFILE SHELL IFS ENV PS1 PS2 PS3 PS4 PROMPT_COMMAND CDPATH GLOBIGNORE SHELLOPTS BASHOPTS BASH_ENV
            ZDOTDIR TMPDIR TEMP TMP LANG LANGUAGE LC_ALL LOCPATH NLSPATH TZ TZDIR TERM TERMINFO TERMCAP COMSPEC SYSTEMROOT WINDIR
            PSMODULEPATH POWERSHELL_UPDATECHECK EDITOR VISUAL PAGER MANPAGER BROWSER HISTFILE INPUTRC LESS LESSOPEN LESSCLOSE
            LESSKEY GREP_OPTIONS TAR_OPTIONS VIMINIT EXINIT XDG_CONFIG_HOME SUDO_ASKPASS GTK_MODULES GIO_MODULE_DIR QT_PLUGIN_PATH

            LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT DYLD_INSERT_LIBRARIES DYLD_LIBRARY_PATH GLIBC_TUNABLES MALLOC_ARENA_MAX GCONV_PATH
            LIBPATH SHLIB_PATH

            HOSTALIASES LOCALDOMAIN RES_OPTIONS RESOLV_HOST_CONF HTTP_PROXY HTTPS_PROXY FTP_PROXY ALL_PROXY NO_PROXY
            REQUESTS_CA_BUNDLE SSLKEYLOGFILE SSL_CERT_FILE OPENSSL_CONF CURL_CA_BUNDLE KRB5_CONFIG NETRC WGETRC GNUPGHOME GPG_AGENT_INFO
            SSH_ASKPASS GIT_SSH_COMMAND KUBECONFIG

            CC CXX CFLAGS CXXFLAGS CPPFLAGS LDFLAGS CPATH LIBRARY_PATH MAKEFLAGS MAKEFILES CMAKE_TOOLCHAIN_FILE PKG_CONFIG_PATH
            CLASSPATH ANT_OPTS SBT_OPTS JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS MAVEN_OPTS GRADLE_OPTS
            NODE_OPTIONS NODE_EXTRA_CA_CERTS NODE_REPL_EXTERNAL_MODULE NPM_CONFIG_REGISTRY YARN_RC_FILENAME COREPACK_NPM_REGISTRY
            DENO_AUTH_TOKENS BUN_INSTALL ELECTRON_RUN_AS_NODE
            PYTHONPATH PYTHONSTARTUP VIRTUAL_ENV CONDA_PREFIX PIP_INDEX_URL UV_INDEX_URL POETRY_REPOSITORIES_A_URL
            PERL5LIB RUBYOPT GEM_HOME BUNDLE_GEMFILE LUA_INIT LUA_INIT_5_4 PHPRC PHP_INI_SCAN_DIR ERL_FLAGS JULIA_LOAD_PATH
            R_HOME R_LIBS R_LIBS_USER R_PROFILE R_PROFILE_USER R_ENVIRON R_ENVIRON_USER
            RUSTFLAGS CARGO_HOME GOFLAGS GOPATH GOROOT GOPROXY GOENV GODEBUG GOTOOLCHAIN GOSUMDB GONOSUMDB GONOSUMCHECK GONOPROXY
            GOPRIVATE GOINSECURE GOVCS GOAUTH GOBIN CGO_CFLAGS
            DOTNET_STARTUP_HOOKS DOTNET_ROOT ASPNETCORE_HOSTINGSTARTUPASSEMBLIES COR_PROFILER CORECLR_PROFILER_PATH COMPLUS_GCHEAPCOUNT
            MSBUILDSDKSPATH NUGET_PACKAGES HOMEBREW_PREFIX

            CI TF_BUILD GITHUB_TOKEN GITHUB_ENV GITHUB_OUTPUT GH_TOKEN GITLAB_TOKEN RUNNER_TEMP RUNNER_DEBUG
            ACTIONS_ID_TOKEN_REQUEST_TOKEN INPUT_CLIENT_SECRET STATE_TOKEN AGENT_TEMPDIRECTORY BUILD_BUILDID SYSTEM_ACCESSTOKEN
            RELEASE_RELEASEID ENDPOINT_URL_X SECRET_X VSTS_TASKVARIABLE_X
            CCAAS_SYSTEM CCAAS_DEBUG CCAAS_CLIENT_SECRET ccaas_token_url

            DOCKER_HOST BUILDKIT_HOST COMPOSE_FILE CONTAINER_HOST KUBE_EDITOR KUBECTL_EXTERNAL_DIFF HELM_DRIVER ANSIBLE_CONFIG
            TF_CLI_ARGS TF_CLI_CONFIG_FILE TF_TOKEN_app_terraform_io TERRAGRUNT_TFPATH PULUMI_ACCESS_TOKEN VAULT_ADDR
            AWS_SECRET_ACCESS_KEY AZURE_CLIENT_SECRET ARM_CLIENT_SECRET GOOGLE_APPLICATION_CREDENTIALS CLOUDSDK_CONFIG
            """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
    ];

    [Theory]
    [MemberData(nameof(HarmfulNames))]
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
