namespace Ccaas.Action.Inputs;

/// <summary>
/// Under which names the token may be exported. The runner itself refuses only NODE_OPTIONS. The names refused here change how
/// later steps find, load or trust programs, and an input may be mistyped or injected.
/// </summary>
internal static partial class EnvironmentNameRule
{
    private static readonly string[] Refused =
    [
        // Shells, and variables that every program reads.
        "PATH", "PATHEXT", "HOME", "USERPROFILE", "SHELL", "IFS", "ENV", "PS1", "PS2", "PS3", "PS4", "PROMPT_COMMAND", "CDPATH",
        "GLOBIGNORE", "SHELLOPTS", "BASHOPTS", "ZDOTDIR", "TMPDIR", "TEMP", "TMP", "LANG", "LANGUAGE", "LOCPATH", "NLSPATH", "TZ", "TZDIR",
        "TERM", "TERMINFO", "TERMCAP", "COMSPEC", "SYSTEMROOT", "WINDIR", "PSMODULEPATH", "EDITOR", "VISUAL", "PAGER", "MANPAGER",
        "BROWSER", "HISTFILE", "INPUTRC", "LESS", "LESSOPEN", "LESSCLOSE", "LESSKEY", "GREP_OPTIONS", "TAR_OPTIONS", "VIMINIT", "EXINIT",
        "CI", "TF_BUILD",
        // Name resolution, proxies, certificates, other credentials.
        "HOSTALIASES", "LOCALDOMAIN", "RES_OPTIONS", "RESOLV_HOST_CONF", "HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "ALL_PROXY", "NO_PROXY",
        "REQUESTS_CA_BUNDLE", "SSLKEYLOGFILE", "NETRC", "WGETRC", "GNUPGHOME", "KUBECONFIG",
        // Compilers, package managers, languages.
        "CC", "CXX", "CFLAGS", "CXXFLAGS", "CPPFLAGS", "LDFLAGS", "CPATH", "LIBRARY_PATH", "MAKEFLAGS", "MAKEFILES", "LIBPATH",
            "SHLIB_PATH", "CLASSPATH", "ANT_OPTS", "SBT_OPTS",
        "PHPRC", "R_HOME", "R_LIBS", "R_PROFILE", "R_ENVIRON", "VIRTUAL_ENV", "GOFLAGS", "GOPATH", "GOROOT", "GOPROXY", "GOENV", "GODEBUG",
        "GOTOOLCHAIN", "GOSUMDB", "GONOSUMDB", "GONOSUMCHECK", "GONOPROXY", "GOPRIVATE", "GOINSECURE", "GOVCS", "GOAUTH", "GOBIN",
    ];

    /// <summary>Variables that this program reads in later steps.</summary>
    private static readonly IEnumerable<string> OwnNames =
        ["CCAAS_SYSTEM", "CCAAS_DEBUG", .. Input.OfAction.Select(input => input.ScriptVariableName)];

    private static readonly string[] RefusedPrefixes =
    [
        // Dynamic loaders, runtimes, languages.
        "LD_", "DYLD_", "GLIBC_", "MALLOC_", "GCONV_", "BASH_", "DOTNET_", "ASPNETCORE_", "COR_", "CORECLR_", "COMPLUS_", "MSBUILD",
        "NUGET_", "POWERSHELL_", "PYTHON", "PERL", "RUBY", "GEM_", "BUNDLE_", "LUA_", "PHP_", "JAVA_", "_JAVA_", "JDK_", "MAVEN_",
        "GRADLE_", "NODE_", "NPM_CONFIG_", "YARN_", "COREPACK_", "DENO_", "BUN_", "ELECTRON_", "RUST", "CARGO_", "CGO_", "JULIA_",
        "R_LIBS_", "R_PROFILE_", "R_ENVIRON_", "ERL_", "CONDA_", "PIP_", "UV_", "POETRY_", "OPENSSL_", "SSL_", "CURL_", "KRB5", "LC_",
        "XDG_", "GTK_", "GIO_", "QT_", "SUDO_", "GIT_", "SSH_", "GPG_",
        // CI systems, and tools that would use the token as their own.
        "GITHUB_", "GH_", "GITLAB_", "RUNNER_", "ACTIONS_", "INPUT_", "STATE_", "AGENT_", "BUILD_", "SYSTEM_", "RELEASE_", "ENDPOINT_",
            "SECRET_", "VSTS_",
        "DOCKER_", "BUILDKIT_", "COMPOSE_", "CONTAINER_", "KUBE_", "KUBECTL_", "HELM_", "ANSIBLE_", "TF_", "TERRAGRUNT_", "PULUMI_",
        "VAULT_", "AWS_", "AZURE_", "ARM_", "GOOGLE_", "CLOUDSDK_", "HOMEBREW_", "CMAKE_", "PKG_CONFIG",
    ];

    /// <summary>Input variables of a Terraform configuration; they do not change Terraform itself.</summary>
    private const string TerraformVariable = "TF_VAR_";

    /// <returns>What is wrong with the name; null when nothing is.</returns>
    public static string? Check(string name)
    {
        if (!ValidName().IsMatch(name))
        {
            return "is not the name of an environment variable; use letters, digits and underscores, and no digit at the start.";
        }

        var isRefused = OwnNames.Concat(Refused).Contains(name, StringComparer.OrdinalIgnoreCase)
            || (RefusedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                && !name.StartsWith(TerraformVariable, StringComparison.Ordinal));
        return isRefused
            ? $"'{name}' changes how later steps run and is refused; choose a name of your own, such as CCAAS_ACCESS_TOKEN."
            : null;
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,127}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ValidName();
}
