using System.Runtime.InteropServices;

namespace Ccaas.Sandbox.Demo;

/// <summary>The environment that GitHub's runner would give to the step, and nothing that happens to be set here.</summary>
internal static class StepEnvironment
{
    // Without these, programs do not start on some systems.
    private static readonly string[] Passed = ["PATH", "LANG", "LD_LIBRARY_PATH", "SystemRoot", "TMPDIR", "TEMP", "TMP"];

    public static IReadOnlyDictionary<string, string> Of(
        SandboxClient client, Uri sandbox, StepFolder folder, Func<string, string?> variable)
    {
        var environment = new Dictionary<string, string>
        {
            ["CI"] = "true",
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_ACTION"] = "token",
            ["GITHUB_ACTOR"] = "octocat",
            ["GITHUB_API_URL"] = "https://api.github.com",
            ["GITHUB_EVENT_NAME"] = "push",
            ["GITHUB_JOB"] = "deploy",
            ["GITHUB_REF"] = "refs/heads/main",
            ["GITHUB_REPOSITORY"] = "northwind/call-flows",
            ["GITHUB_RUN_ATTEMPT"] = "1",
            ["GITHUB_RUN_ID"] = "1",
            ["GITHUB_SERVER_URL"] = "https://github.com",
            ["GITHUB_SHA"] = "0000000000000000000000000000000000000000",
            ["GITHUB_WORKFLOW"] = "deploy",
            ["GITHUB_WORKSPACE"] = folder.Workspace,
            ["GITHUB_ENV"] = folder.CommandFile("env"),
            ["GITHUB_OUTPUT"] = folder.CommandFile("output"),
            ["GITHUB_PATH"] = folder.CommandFile("path"),
            ["GITHUB_STATE"] = folder.CommandFile("state"),
            ["GITHUB_STEP_SUMMARY"] = folder.CommandFile("step_summary"),
            ["HOME"] = folder.Home,
            ["RUNNER_TEMP"] = folder.Temp,
            ["RUNNER_OS"] = "Linux",
            ["RUNNER_ARCH"] = "X64",
            // The folder of this process's runtime, so that the program starts wherever the SDK is installed.
            ["DOTNET_ROOT"] = DotnetRoot,
        };
        foreach (var (name, value) in Inputs(client, sandbox))
        {
            environment[$"INPUT_{name.ToUpperInvariant()}"] = value;
        }

        foreach (var name in Passed)
        {
            if (variable(name) is { } value)
            {
                environment[name] = value;
            }
        }

        return environment;
    }

    /// <summary>The folder with the <c>dotnet</c> that runs this process, three above its runtime's.</summary>
    public static string DotnetRoot { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    // In the order of action.yml. The runner sends every input: those that the workflow leaves out with their default, or empty.
    private static IEnumerable<(string Name, string Value)> Inputs(SandboxClient client, Uri sandbox) =>
    [
        ("provider", "genesys-cloud"),
        ("region", "eu-west-1"),
        ("account", ""),
        ("flow", ""),
        ("client-id", client.ClientId),
        ("client-secret", client.ClientSecret),
        ("access-key-id", ""),
        ("access-key-secret", ""),
        ("client-authentication", ""),
        ("private-key", ""),
        ("key-id", ""),
        ("signing-algorithm", ""),
        ("assertion-audience", ""),
        ("assertion-type", ""),
        ("scope", ""),
        ("audience", ""),
        ("resource", ""),
        ("parameters", ""),
        ("issuer", ""),
        ("token-url", new Uri(sandbox, "oauth/token").AbsoluteUri),
        ("revocation-url", ""),
        ("api-url", sandbox.AbsoluteUri.TrimEnd('/')),
        ("environment-variable", "CCAAS_ACCESS_TOKEN"),
        ("tool-environment", "true"),
        ("verify", "true"),
        ("allowed-organizations", ""),
        ("minimum-validity", "30s"),
        ("cache", "job"),
        ("cache-required", "false"),
        ("sealed-token", ""),
        ("seal", "false"),
        ("seal-key", ""),
        ("install", "false"),
        ("revoke", "false"),
        ("timeout", "60s"),
        ("max-attempts", "5"),
        ("ca-certificate", ""),
        ("client-certificate", ""),
        ("client-key", ""),
    ];
}
