using System.Text.RegularExpressions;

namespace Ccaas.Action.Tests.Conventions;

/// <summary>Links lead somewhere: those in messages, those in comments and those between pages.</summary>
public sealed partial class DocumentationConventionTests
{
    private const string Troubleshooting = "docs/troubleshooting.md";

    public static TheoryData<string> Pages => [.. Repository.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal))];

    [Fact]
    public void Every_failure_has_its_heading()
    {
        var headings = Anchors(Troubleshooting);

        Assert.All(Topics, topic => Assert.True(headings.Contains(topic.Name), $"{topic.File} sends people to #{topic.Name}, which "
            + $"{Troubleshooting} does not have"));
    }

    /// <summary>So that a failure which is written in a new way does not slip through the search.</summary>
    [Fact]
    public void Topic_is_found_of_every_failure_there_is() => Assert.All(Repository.Sources("src/Ccaas.Action"), file =>
        Assert.Equal(Construction().Count(Repository.Read(file)), Topics.Count(topic => topic.File == file)));

    [Fact]
    public void Message_links_to_the_page_that_is_there() =>
        Assert.EndsWith($"/{Troubleshooting}#a-topic", Links.Troubleshooting("a-topic"), StringComparison.Ordinal);

    [Fact]
    public void Page_that_a_comment_names_is_there() => Assert.All(
        from file in Repository.Files
        where file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".props", StringComparison.Ordinal)
        from Match page in PageInComment().Matches(Repository.Read(file))
        select (file, page.Value),
        reference => Assert.True(Repository.Exists(reference.Value), $"{reference.file} names {reference.Value}"));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Relative_link_leads_to_a_file_and_its_heading(string page)
    {
        foreach (var target in Targets(page).Where(target => !Absolute().IsMatch(target)))
        {
            var (path, anchor) = target.Split('#', 2) is [var before, var after] ? (before, after) : (target, "");
            var file = path.Length == 0 ? page : Relative(page, Uri.UnescapeDataString(path));

            Assert.True(Repository.Exists(file), $"{page} links to {target}");
            Assert.True(anchor.Length == 0 || !file.EndsWith(".md", StringComparison.Ordinal) || Anchors(file).Contains(anchor),
                $"{page} links to {target}: no such heading");
        }
    }

    /// <summary>The sections that people look for, and no others before them.</summary>
    [Fact]
    public void Readme_has_the_sections_that_people_look_for() => Assert.Equal(
        ["Usage", "Inputs", "Outputs", "Providers", "Reusing tokens", "Revoking", "Security", "Troubleshooting", "Contributing"],
        Section().Matches(Repository.Read("README.md")).Select(section => section.Groups[1].Value));

    /// <summary>
    /// Who knows one provider's page knows where to look on the others; a page may have more sections between and after these.
    /// </summary>
    [Fact]
    public void Provider_pages_have_the_same_sections_in_the_same_order() => Assert.All(ProviderRegistry.All, provider =>
    {
        string[] expected = [
            "Set up the client", "Regions and endpoints", "The organization's id", "What the token can do", "How long it lasts",
            "Revocation", "Rate limits", "Errors"];
        var sections = Section().Matches(Repository.Read($"docs/providers/{provider.Name}.md")).Select(section => section.Groups[1].Value);

        Assert.Equal(expected, sections.Where(expected.Contains));
    });

    /// <summary>The last argument of each failure: a text of words and hyphens, closed by the parenthesis.</summary>
    private static IReadOnlyList<(string File, string Name)> Topics { get; } =
        [
            .. from file in Repository.Sources("src/Ccaas.Action")
               from Match topic in LastArgument().Matches(Repository.Read(file))
               select (file, topic.Groups[1].Value),
        ];

    private static IEnumerable<string> Targets(string page)
    {
        var text = Code().Replace(Repository.Read(page), "");
        return from expression in new[] { Inline(), Definition(),
            Html() }
               from Match link in expression.Matches(text)
               select link.Groups[1].Value;
    }

    private static string Relative(string page, string path) =>
        Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, path)))
            .Replace('\\', '/');

    /// <summary>
    /// As GitHub makes them of headings: small letters, no punctuation, hyphens for spaces, a number for the second of its name.
    /// </summary>
    private static HashSet<string> Anchors(string page)
    {
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Match heading in Heading().Matches(Fence().Replace(Repository.Read(page), "")))
        {
            var words = LinkText().Replace(heading.Groups[1].Value.Trim(), "$1").ToLowerInvariant();
            var anchor = string.Concat(words.Where(c => char.IsLetterOrDigit(c) || c is '-' or '_' or ' ')).Replace(' ', '-');
            var count = seen[anchor] = seen.GetValueOrDefault(anchor, -1) + 1;
            anchors.Add(count == 0 ? anchor : $"{anchor}-{count}");
        }

        return anchors;
    }

    [GeneratedRegex(@"\(\s*ExitCode\.\w+\s*,")]
    private static partial Regex Construction();

    [GeneratedRegex("(?:^\\s*|, )\"([a-z0-9]+(?:-[a-z0-9]+)+)\"\\)", RegexOptions.Multiline)]
    private static partial Regex LastArgument();

    [GeneratedRegex(@"\bdocs/[\w./-]+\.md\b")]
    private static partial Regex PageInComment();

    [GeneratedRegex(@"^(?:[a-z][a-z0-9+.-]*:|//)", RegexOptions.IgnoreCase)]
    private static partial Regex Absolute();

    [GeneratedRegex(@"^(`{3,}|~{3,})[^\n]*\n.*?^\1\s*$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^(`{3,}|~{3,})[^\n]*\n.*?^\1\s*$|(`+)(?!`).+?(?<!`)\2(?!`)(?!\]\()",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\(<?([^)\s>]+)>?(?:\s+""[^""]*"")?\)")]
    private static partial Regex Inline();

    [GeneratedRegex(@"^\s{0,3}\[[^\]]+\]:\s+<?([^\s>]+)>?", RegexOptions.Multiline)]
    private static partial Regex Definition();

    [GeneratedRegex(@"(?:href|src)=""([^""]+)""")]
    private static partial Regex Html();

    [GeneratedRegex(@"^#{1,6}\s+(.+?)(?:\s+#+)?\s*$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();
}
