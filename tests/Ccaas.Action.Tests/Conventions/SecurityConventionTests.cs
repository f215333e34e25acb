using System.Text.RegularExpressions;

namespace Ccaas.Action.Tests.Conventions;

/// <summary>Each promise of docs/security.md names tests that exist, so that a reviewer can run them.</summary>
public sealed partial class SecurityConventionTests
{
    private const string Page = "docs/security.md";

    /// <summary>First cell of each row below "What must never happen", and its last one, which names tests.</summary>
    public static TheoryData<string, string> Promises
    {
        get
        {
            var promises = new TheoryData<string, string>();
            foreach (var row in Rows())
            {
                promises.Add(row[0], row[^1]);
            }

            return promises;
        }
    }

    [Theory]
    [MemberData(nameof(Promises))]
    public void Promise_names_tests_that_exist(string promise, string tests)
    {
        var names = Quoted().Matches(tests).Select(name => name.Groups[1].Value).ToList();

        Assert.True(names.Count > 0, $"{Page} names no test for: {promise}");
        Assert.False(tests.Contains('…', StringComparison.Ordinal), $"{Page} abbreviates a test for: {promise}");
        Assert.All(names, test => Assert.True(Exists(test), $"{Page} names {test}, which does not exist, for: {promise}"));
    }

    [Theory]
    [InlineData("SecurityConventionTests", true)]
    [InlineData("SecurityConventionTests.Table_is_found", true)]
    [InlineData("OAuth2Tests.Assertion_is_made_anew_for_each_try", true)]
    [InlineData("attacks.test.mjs", true)]
    [InlineData("SecurityConventionTests.Table_is", false)]
    [InlineData("SecurityConventionTests.Rows", false)]
    [InlineData("ConventionTests.Table_is_found", false)]
    [InlineData("Repository", false)]
    [InlineData("tests/Ccaas.Testing/Canary.cs", false)]
    [InlineData("Test…", false)]
    [InlineData("tacks.test.mjs", false)]
    public void Test_is_known_by_its_full_name(string test, bool exists) => Assert.Equal(exists, Exists(test));

    /// <summary>Each attack that the page tells how to repeat.</summary>
    [Fact]
    public void Command_runs_tests_that_exist()
    {
        var names = Command().Matches(Repository.Read(Page)).Select(command => command.Groups[1].Value).ToList();

        Assert.True(names.Count > 30);
        Assert.All(names, name =>
            Assert.True(Exists(name) || name == "EndToEnd.Tests.Attacks", $"{Page} runs {name}, which does not exist."));
    }

    [Fact]
    public void Table_is_found() => Assert.True(Rows().Count() > 30);

    private static IEnumerable<string[]> Rows() =>
        from line in Section().Match(Repository.Read(Page)).Groups[1].Value.Split('\n')
        where line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal)
        let cells = line.Trim().Trim('|').Split(" | ", StringSplitOptions.TrimEntries)
        where cells[0] != "what"
        select cells;

    /// <summary>Whether there is such a file of Node tests, such a class with tests, or such a test in a class of that name.</summary>
    private static bool Exists(string test)
    {
        if (test.EndsWith(".test.mjs", StringComparison.Ordinal))
        {
            return Repository.Files.Any(file => file.EndsWith($"/{test}", StringComparison.Ordinal));
        }

        var (type, method) = test.Split('.', 2) is [var before, var after] ? (before, after) : (test, @"\w+");
        return Repository.Sources("tests")
            .Where(file => Path.GetFileNameWithoutExtension(file) == type)
            .Any(file =>
                Regex.IsMatch(Repository.Read(file), $@"^    \[\w*(Fact|Theory)\b[^\n]*\n(    [^\n]*\n)*?    public [\w ]*\b{method}\(",
                RegexOptions.Multiline));
    }

    [GeneratedRegex(@"^## What must never happen$(.*?)^## ", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex("`[te] ([^`]+)`")]
    private static partial Regex Command();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
