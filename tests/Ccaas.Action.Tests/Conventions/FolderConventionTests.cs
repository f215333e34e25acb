using System.Text.RegularExpressions;

namespace Ccaas.Action.Tests.Conventions;

/// <summary>The folders of the program are the stations of its data, in order, and no station reaches back.</summary>
public sealed partial class FolderConventionTests
{
    private const string Source = "src/Ccaas.Action";

    private static readonly string[] Stations =
    [
        "Foundation", "Masking", "Inputs", "Requests", "Providers", "Tokens", "Sealing", "Http", "OAuth", "Stores", "Verification", "Reuse", "Publishing", "Revocation", "Systems", "Commands", "CommandLine",
    ];

    public static TheoryData<string> Files => [.. Repository.Sources(Source)];

    [Fact]
    public void Folders_are_the_stations() => Assert.Equal(
        Stations.Order(StringComparer.Ordinal),
        Repository.Sources(Source).Select(Station).Where(station => station.Length > 0).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Order_is_the_one_that_the_architecture_page_tells() => Assert.Equal(
        Stations,
        FolderRow().Matches(Repository.Read("docs/architecture.md")).Select(row => row.Groups[1].Value));

    [Theory]
    [MemberData(nameof(Files))]
    public void File_uses_only_what_comes_before_it(string file)
    {
        // The files beside the folders put everything together.
        var mine = Station(file) is { Length: > 0 } station ? Array.IndexOf(Stations, station) : Stations.Length;

        foreach (Match used in OurUsing().Matches(Repository.Read(file)))
        {
            var theirs = Array.IndexOf(Stations, used.Groups[1].Value);
            Assert.True(theirs >= 0 && theirs <= mine, $"{file} uses {used.Groups[1].Value}, which comes after it");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void File_says_its_folder_as_its_namespace(string file)
    {
        var folder = Path.GetDirectoryName(file)!.Replace('\\', '/');
        if (!file.EndsWith("/Program.cs", StringComparison.Ordinal))
        {
            Assert.Contains($"\nnamespace {folder["src/".Length..].Replace('/', '.')};\n", $"\n{Repository.Read(file)}", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Library_for_options_is_used_in_one_folder() =>
        Assert.All(Using("CommandLine"), file => Assert.Equal("CommandLine", Station(file)));

    [Fact]
    public void Providers_are_data_and_know_no_http() => Assert.All(
        Repository.Sources($"{Source}/Providers"),
        file => Assert.DoesNotMatch(@"System\.Net\.Http|\bHttp(Client|Request|Response|Method|Content|Message\w*)\b|\bSocket", Repository.Read(file)));

    [Fact]
    public void Resilience_is_used_in_one_folder() =>
        Assert.All(Using("Polly"), file => Assert.Equal("Http", Station(file)));

    private static List<string> Using(string library)
    {
        var files = Repository.Sources(Source).Where(file => Regex.IsMatch(Repository.Read(file), $@"^using {library}(\.\w+)*;", RegexOptions.Multiline)).ToList();
        Assert.NotEmpty(files);
        return files;
    }

    private static string Station(string file) => file[(Source.Length + 1)..] is var path && path.Contains('/', StringComparison.Ordinal) ? path.Split('/')[0] : "";

    [GeneratedRegex(@"^\| `([A-Z]\w*)` \|", RegexOptions.Multiline)]
    private static partial Regex FolderRow();

    [GeneratedRegex(@"\bCcaas\.Action\.(?!Tests)([A-Z]\w*)")]
    private static partial Regex OurUsing();
}
