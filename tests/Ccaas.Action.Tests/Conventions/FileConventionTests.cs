using System.Globalization;
using System.Text.RegularExpressions;

namespace Ccaas.Action.Tests.Conventions;

/// <summary>A file holds what is read together: the type it is named after, and what has no other reader.</summary>
public sealed partial class FileConventionTests
{
    private const string Source = "src/Ccaas.Action";

    /// <summary>Files that are named after a group of types.</summary>
    private static readonly string[] Groups =
        ["Program", "GlobalUsings", "ProcessSetup", "Hashes", "Json", "Certificates", "InputRules", "Keys", "Options", "SecretStore",
            "KeyVault", "SecretsManager", "MachineRoles", "ProviderInputs"];

    public static TheoryData<string> Files => [.. Repository.Sources(Source)];

    public static TheoryData<string> AllFiles => [.. Repository.Sources("src").Concat(Repository.Sources("tests"))];

    [Fact]
    public void Program_is_short() => Assert.InRange(Lines($"{Source}/Program.cs"), 1, 49);

    [Theory]
    [MemberData(nameof(Files))]
    public void File_is_not_long(string file) => Assert.InRange(Lines(file), 1, 250);

    /// <summary>The limit of .editorconfig. In tests, a line with a text may be longer: bodies of responses, patterns.</summary>
    [Theory]
    [MemberData(nameof(AllFiles))]
    public void Line_is_within_the_limit(string file)
    {
        var limit = int.Parse(LineLimit().Match(Repository.Read(".editorconfig")).Groups[1].Value, CultureInfo.InvariantCulture);
        var isTest = file.StartsWith("tests/", StringComparison.Ordinal);

        Assert.DoesNotContain(
            Repository.Read(file).Split('\n'),
            line => line.Length > limit && !(isTest && line.Contains('"', StringComparison.Ordinal)));
    }

    [Fact]
    public void Most_files_are_short()
    {
        var lengths = Repository.Sources(Source).Select(Lines).Order().ToList();

        Assert.InRange(lengths[lengths.Count / 2], 1, 100);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void File_holds_the_type_it_is_named_after(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);

        Assert.NotEqual(Array.Exists(Groups, group => group == name), Type().Matches(Repository.Read(file))
            .Any(type => type.Groups[1].Value == name));
    }

    [Fact]
    public void Snapshots_that_were_not_accepted_are_not_committed() =>
        Assert.DoesNotContain(Repository.Committed, file => file.EndsWith(".received.txt", StringComparison.Ordinal));

    [Fact]
    public void Files_name_no_machine_and_no_package_registry()
    {
        // Put together here, so that this file does not name them either.
        string[] machines = [$"/{"work"}/", $"/{"root"}/", $"/{"home"}/runner/work"];
        string[] registries = [
            $"{"nuget"}.org", $"registry.{"npmjs"}.org", $"{"pypi"}.org", $"{"pythonhosted"}.org", $"{"crates"}.io",
            $"proxy.{"golang"}.org"];

        var found =
            from file in Repository.Files
            where !file.EndsWith(".png", StringComparison.Ordinal)
            let text = Repository.Read(file)
            from name in machines.Concat(registries)
            where text.Contains(name, StringComparison.OrdinalIgnoreCase)
            select $"{file}: {name}";

        Assert.Empty(found);
    }

    private static int Lines(string file) => Repository.Read(file).TrimEnd('\n').Split('\n').Length;

    // Types that stand at the edge of the file, which in a file-scoped namespace are those that are in no other.
    [GeneratedRegex(@"max_line_length = (\d+)")]
    private static partial Regex LineLimit();

    [GeneratedRegex(
        @"^(?:(?:public|internal|file|sealed|static|abstract|partial|readonly|ref|unsafe)\s+)*(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?)\s+(\w+)", RegexOptions.Multiline)]
    private static partial Regex Type();
}
