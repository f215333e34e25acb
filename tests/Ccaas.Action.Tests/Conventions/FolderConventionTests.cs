using System.Text.RegularExpressions;

namespace Ccaas.Action.Tests.Conventions;

/// <summary>
/// A folder uses those before it and no others. What counts are the types that its code refers to, in signatures and in bodies.
/// </summary>
public sealed partial class FolderConventionTests
{
    private const string Source = "src/Ccaas.Action";

    /// <summary>In the order of docs/architecture.md; the files beside the folders put everything together.</summary>
    private static readonly string[] Folders =
        ["Core", "Masking", "Inputs", "Http", "OAuth", "Providers", "SecretStores", "TokenCache", "CiSystems", "Commands"];

    public static TheoryData<string> Files => [.. Repository.Sources(Source)];

    public static TheoryData<string> Names => [.. Folders];

    [Fact]
    public void Folders_are_these() => Assert.Equal(
        Folders.Order(StringComparer.Ordinal),
        Repository.Sources(Source).Select(Folder).Where(folder => folder.Length > 0).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Order_is_the_one_that_the_architecture_page_tells() => Assert.Equal(
        Folders,
        FolderRow().Matches(Repository.Read("docs/architecture.md")).Select(row => row.Groups[1].Value));

    [Theory]
    [MemberData(nameof(Names))]
    public void Folder_refers_only_to_those_before_it(string folder)
    {
        var wrong =
            from reference in TypeReferences.Of(typeof(Application).Assembly)
            where reference.From == folder && Array.IndexOf(Folders, reference.To) is var place
                && (place < 0 || place > Array.IndexOf(Folders, folder))
            select $"{reference.FromType} refers to {reference.ToType}";

        Assert.Empty(wrong.Distinct());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void File_says_its_folder_as_its_namespace(string file)
    {
        var folder = Path.GetDirectoryName(file)!.Replace('\\', '/');
        if (Path.GetFileName(file) is not ("Program.cs" or "GlobalUsings.cs"))
        {
            Assert.Contains($"\nnamespace {folder["src/".Length..].Replace('/', '.')};\n", $"\n{Repository.Read(file)}",
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Library_for_options_is_used_in_one_folder() => Assert.Equal(["Inputs"], Using("CommandLine"));

    [Fact]
    public void Resilience_is_used_in_one_folder() => Assert.Equal(["Http"], Using("Polly"));

    [Fact]
    public void Providers_are_data_and_know_no_http() => Assert.All(
        Repository.Sources($"{Source}/Providers"),
        file => Assert.DoesNotMatch(@"System\.Net\.Http|\bHttp(Client|Request|Response|Method|Content|Message\w*)\b|\bSocket",
            Repository.Read(file)));

    private static IEnumerable<string> Using(string library) =>
        Repository.Sources(Source)
            .Where(file => Regex.IsMatch(Repository.Read(file), $@"^(global )?using {library}(\.\w+)*;", RegexOptions.Multiline))
            .Select(Folder).Distinct();

    private static string Folder(string file) => file[(Source.Length + 1)..] is var path && path.Contains('/', StringComparison.Ordinal)
        ? path.Split('/')[0]
        : "";

    [GeneratedRegex(@"^\| `([A-Z]\w*)` \|", RegexOptions.Multiline)]
    private static partial Regex FolderRow();
}
