namespace Ccaas.Testing;

/// <summary>The files through which a GitHub Actions step hands values on, in a folder of their own.</summary>
public sealed class CommandFileSet : IDisposable
{
    public static IReadOnlyList<string> Names { get; } = ["GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_STEP_SUMMARY", "GITHUB_STATE"];

    public CommandFileSet()
    {
        Folder = Directory.CreateTempSubdirectory("ccaas-test-").FullName;
        foreach (var name in Names)
        {
            File.WriteAllText(Path(name), "");
        }
    }

    public string Folder { get; }

    public string Path(string name) => System.IO.Path.Combine(Folder, name);

    public string Read(string name) => File.Exists(Path(name)) ? File.ReadAllText(Path(name)) : "";

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
