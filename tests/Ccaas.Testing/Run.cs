using System.Text.RegularExpressions;
using Ccaas.Sandbox.GitHubRunner;
using Xunit;

namespace Ccaas.Testing;

/// <summary>What one run of the program left behind.</summary>
public sealed partial class Run(World world, IReadOnlyList<string> arguments, int exitCode, string output, string error)
{
    public IReadOnlyList<string> Arguments => arguments;

    public int ExitCode => exitCode;

    public string Output => output;

    /// <summary>The same without masks, which runners do not show. A script's are written there by way of its step.</summary>
    public string Printed => WithoutMasks(output);

    public static string WithoutMasks(string text) => Masks().Replace(text, "");

    public string Error => error;

    public World World => world;

    public bool IsAzure => world.Environment.ContainsKey("TF_BUILD");

    public bool IsGitHub => world.Environment.ContainsKey("GITHUB_ACTIONS");

    /// <summary>Called by a script that reads standard output: what is for people, and for the CI system, is on standard error.</summary>
    public bool IsScript => arguments is ["get" or "exec", ..];

    private string Log => IsScript ? error : output;

    public string File(string name) => world.Files.Read(name);

    /// <summary>The step's outputs as the runner reads them.</summary>
    public IReadOnlyDictionary<string, string> Outputs => CommandFileParser.Parse(File("GITHUB_OUTPUT")).Values;

    /// <summary>The environment of later steps as the runner reads it.</summary>
    public IReadOnlyDictionary<string, string> Exports => CommandFileParser.Parse(File("GITHUB_ENV")).Values;

    /// <summary>The log as the runner shows it.</summary>
    public StepLog StepLog() => new StepLog(debug: world.Environment.ContainsKey("RUNNER_DEBUG")).Append(Log);

    /// <summary>The output as the Azure Pipelines agent reads it.</summary>
    public AgentLog AgentLog() => new(Log);

    /// <summary>Fails when a secret shows anywhere but in a mask command, the token's output and the token's exports.</summary>
    public void AssertNoSecretShows()
    {
        var shown = new Dictionary<string, string>
        {
            ["the log"] = IsGitHub || IsAzure ? string.Join('\n', Log.Split('\n').Where(line => !IsMeantToHoldSecrets(line))) : "",
            ["standard output"] = IsScript || !(IsGitHub || IsAzure) ? OutputWithoutToken() : "",
            ["standard error"] = IsScript && (IsGitHub || IsAzure) ? "" : error,
            ["the step summary"] = File("GITHUB_STEP_SUMMARY"),
            ["the state file"] = File("GITHUB_STATE"),
            ["the outputs"] = Without(File("GITHUB_OUTPUT"), "access-token"),
            ["the environment"] = Without(File("GITHUB_ENV"), "CCAAS_ACCESS_TOKEN", "GENESYSCLOUD_ACCESS_TOKEN", "MY_TOKEN"),
            ["the arguments"] = string.Join(' ', arguments),
            ["files left behind"] = string.Join('\n', Directory.EnumerateFiles(world.Files.Folder, "*", SearchOption.AllDirectories)
                .Where(path => !CommandFileSet.Names.Contains(Path.GetFileName(path)) && !path.EndsWith(".given", StringComparison.Ordinal))
                .Select(System.IO.File.ReadAllText)),
        };
        foreach (var (place, text) in shown)
        {
            var found = Canary.All.SelectMany(canary => canary.FindIn(text)).ToList();
            Assert.True(found.Count == 0, $"{place} shows: {string.Join(", ", found)}\n{text}");
        }
    }

    private static bool IsMeantToHoldSecrets(string line) =>
        line.StartsWith("::add-mask::", StringComparison.Ordinal)
        || line.StartsWith("##vso[task.setsecret]", StringComparison.Ordinal)
        || (line.StartsWith("##vso[task.setvariable variable=", StringComparison.Ordinal)
            && line.Contains(";issecret=true;", StringComparison.Ordinal));

    // The token alone, once, is what standard output is for.
    private string OutputWithoutToken()
    {
        var at = Printed.IndexOf(Canary.Token.Value, StringComparison.Ordinal);
        return at < 0 ? Printed : Printed.Remove(at, Canary.Token.Value.Length);
    }

    [GeneratedRegex(@"(^\n(?=::add-mask::|##vso\[task\.setsecret\])|^(::add-mask::|##vso\[task\.setsecret\]).*\n)", RegexOptions.Multiline)]
    private static partial Regex Masks();

    private static string Without(string file, params string[] names) =>
        string.Join('\n', CommandFileParser.Parse(file).Pairs.Where(pair => !names.Contains(pair.Key))
            .Select(pair => $"{pair.Key}={pair.Value}"));
}
