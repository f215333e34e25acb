using Ccaas.Sandbox.GitHubRunner;

namespace Ccaas.Sandbox.Demo;

/// <summary>The folders and command files that a step finds. Gone when it is over, with the token in them.</summary>
internal sealed class StepFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ccaas-demo-");

    private StepFolder()
    {
    }

    public string Home => Path.Combine(_root.FullName, "home");

    public string Temp => Path.Combine(_root.FullName, "temp");

    public string Workspace => Path.Combine(_root.FullName, "workspace");

    /// <summary>Path of a command file: <c>output</c>, <c>env</c>, <c>state</c>, <c>path</c> or <c>step_summary</c>.</summary>
    public string CommandFile(string name) => Path.Combine(_root.FullName, name);

    public static StepFolder Create()
    {
        var folder = new StepFolder();
        foreach (var directory in new[] { folder.Home, folder.Temp, folder.Workspace })
        {
            Directory.CreateDirectory(directory);
        }
        // The runner makes them empty before the step starts.
        foreach (var file in new[] { "output", "env", "state", "path", "step_summary" })
        {
            File.WriteAllBytes(folder.CommandFile(file), []);
        }

        return folder;
    }

    /// <exception cref="FormatException">The runner would have failed the step.</exception>
    public IReadOnlyDictionary<string, string> Read(string commandFile) =>
        CommandFileParser.Parse(File.ReadAllText(CommandFile(commandFile))).Values;

    public string ReadSummary() => File.ReadAllText(CommandFile("step_summary"));

    public void Dispose() => _root.Delete(recursive: true);
}
