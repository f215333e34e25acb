using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Ccaas.Action.Tests.Conventions;

/// <summary>The files of this repository, as they lie around the tests' own source.</summary>
internal static class Repository
{
    private static readonly string[] Ignored = [".git", "artifacts", "bin", "obj", "node_modules", "TestResults"];

    public static string Root { get; } = Find();

    /// <summary>Every file that is in the repository or about to be, by its path below the root, with slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = List("ls-files", "--cached", "--others", "--exclude-standard") ?? Walk();

    /// <summary>Files that git knows already; without git, none.</summary>
    public static IReadOnlyList<string> Committed { get; } = List("ls-files", "--cached") ?? [];

    /// <summary>Our own C# below a folder.</summary>
    public static IEnumerable<string> Sources(string folder) =>
        Files.Where(file => file.StartsWith($"{folder}/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>Whether there is such a file, or a folder with one in it.</summary>
    public static bool Exists(string path) =>
        path == "." || Files.Any(file => file == path || file.StartsWith($"{path.TrimEnd('/')}/", StringComparison.Ordinal));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string Find([CallerFilePath] string file = "")
    {
        var folder = new FileInfo(file).Directory;
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Ccaas.Action.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("These tests read the repository that they were built from, and "
            + "it is gone.");
    }

    // Null where there is no git, or where the source came without its history.
    private static List<string>? List(params string[] arguments)
    {
        try
        {
            using var git = Process.Start(
                new ProcessStartInfo("git", ["-C", Root, .. arguments, "-z"])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError =
                true
                })!;
            var files = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0
                ? [.. files.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Path.Combine(Root, file)))]
                : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static List<string> Walk() =>
        [
            .. from path in Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
               let file = Path.GetRelativePath(Root, path).Replace('\\', '/')
               where !file.Split('/').Any(Ignored.Contains) && !file.EndsWith(".received.txt", StringComparison.Ordinal)
               select file,
        ];
}
