using System.Text.RegularExpressions;

namespace Ccaas.Action.Inputs;

/// <summary>
/// Which names the token may be exported under. The runner itself refuses only NODE_OPTIONS; these names would change how
/// every later step finds, loads or trusts what it runs, so a mistyped or injected name must not reach them.
/// </summary>
internal static partial class EnvironmentNameRule
{
    private static readonly string[] Refused =
    [
        "PATH", "PATHEXT", "HOME", "USERPROFILE", "SHELL", "IFS", "ENV", "BASH_ENV", "PS4", "PROMPT_COMMAND", "CDPATH", "GLOBIGNORE",
        "SHELLOPTS", "BASHOPTS", "ZDOTDIR", "TMPDIR", "TEMP", "TMP", "LANG", "COMSPEC", "SYSTEMROOT", "WINDIR", "PSMODULEPATH", "CI",
        "TF_BUILD", "NODE_OPTIONS", "NODE_PATH", "NODE_EXTRA_CA_CERTS", "NODE_TLS_REJECT_UNAUTHORIZED", "PERL5LIB", "PERL5OPT", "PERL5DB", "PERLLIB", "LESSOPEN", "LESSCLOSE", "JAVA_HOME",
        "RUBYLIB", "RUBYOPT", "CLASSPATH", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "MAVEN_OPTS", "GRADLE_OPTS",
        "GOFLAGS", "RUSTFLAGS", "RUSTC_WRAPPER", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR",
        "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "EDITOR", "VISUAL", "PAGER", "BROWSER", "CC", "CXX", "MAKEFLAGS", "HISTFILE",
    ];

    /// <summary>What this program reads itself, in this job's later steps.</summary>
    private static readonly IEnumerable<string> OwnNames =
        ["CCAAS_SYSTEM", "CCAAS_DEBUG", .. InputCatalog.All.Where(input => !input.IsOptionOnly).Select(input => input.ScriptVariableName)];

    private static readonly string[] RefusedStarts =
    [
        "LD_", "DYLD_", "DOTNET_", "COR_", "CORECLR_", "COMPLUS_", "MSBUILD", "NUGET_", "GITHUB_", "RUNNER_", "ACTIONS_", "INPUT_", "STATE_",
        "AGENT_", "BUILD_", "SYSTEM_", "RELEASE_", "ENDPOINT_", "SECRET_", "VSTS_", "BASH_FUNC_", "GIT_", "SSH_", "DOCKER_", "PYTHON",
        "NPM_CONFIG_", "GEM_", "BUNDLE_", "LC_", "PIP_", "CARGO_", "MALLOC_", "GCONV_", "OPENSSL_",
    ];

    /// <returns>What is wrong with the name, or null.</returns>
    public static string? Check(string name)
    {
        if (!ValidName().IsMatch(name))
        {
            return "is not the name of an environment variable; use letters, digits and underscores, and no digit at the start.";
        }

        return OwnNames.Concat(Refused).Contains(name, StringComparer.OrdinalIgnoreCase)
            || RefusedStarts.Any(start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            ? $"'{name}' changes how later steps run and is refused; choose a name of your own, such as CCAAS_ACCESS_TOKEN."
            : null;
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,127}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ValidName();
}
