using System.Text.RegularExpressions;

namespace Ccaas.Action.Tests.Conventions;

/// <summary>Each promise of docs/security.md names tests that exist, so that a reviewer can run them.</summary>
public sealed partial class SecurityConventionTests
{
    private const string Page = "docs/security.md";

    /// <summary>First cell of each row below "What must never happen", and the tests that its last cell names.</summary>
    public static TheoryData<string, string> Promises
    {
        get
        {
            var promises = new TheoryData<string, string>();
            foreach (var row in Rows())
            {
                promises.Add(row[0], string.Join(' ', TestName().Matches(row[^1]).Select(name => name.Groups[1].Value)));
            }

            return promises;
        }
    }

    [Theory]
    [MemberData(nameof(Promises))]
    public void Promise_names_tests_that_exist(string promise, string tests)
    {
        Assert.True(tests.Length > 0, $"{Page} names no test for: {promise}");
        Assert.All(tests.Split(' '), test => Assert.True(Exists(test), $"{Page} names {test}, which does not exist, for: {promise}"));
    }

    [Fact]
    public void Table_is_found() => Assert.True(Rows().Count() > 30);

    private static IEnumerable<string[]> Rows() =>
        from line in Section().Match(Repository.Read(Page)).Groups[1].Value.Split('\n')
        where line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal)
        let cells = line.Trim().Trim('|').Split(" | ", StringSplitOptions.TrimEntries)
        where cells[0] != "what"
        select cells;

    /// <summary>Whether there is such a file of Node tests, such a class, or such a method in a class of that name.</summary>
    private static bool Exists(string test)
    {
        if (test.EndsWith(".mjs", StringComparison.Ordinal))
        {
            return Repository.Files.Any(file => file.EndsWith($"/{test}", StringComparison.Ordinal));
        }

        var (type, method) = test.Split('.', 2) is [var before, var after] ? (before, after) : (test, null);
        return Repository.Sources("tests")
            .Where(file => Regex.IsMatch(Path.GetFileNameWithoutExtension(file), $"^{type}$"))
            .Any(file => method is null || Regex.IsMatch(Repository.Read(file), $@"\b{method}\("));
    }

    [GeneratedRegex(@"^## What must never happen$(.*?)^## ", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex(@"`([A-Za-z]+(?:\.[A-Za-z0-9_]+)?(?:\.mjs)?)`")]
    private static partial Regex TestName();
}
