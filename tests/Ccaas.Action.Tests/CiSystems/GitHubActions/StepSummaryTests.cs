using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;

namespace Ccaas.Action.Tests.CiSystems.GitHubActions;

/// <summary>The summary stays the table that it is, whatever an organization calls itself.</summary>
public sealed partial class StepSummaryTests
{
    private static readonly string[] Rows = ["", "Provider", "Region", "API", "Organization", "Expires", "Attempts", "Token"];

    [Fact]
    public void Table_has_its_rows_whatever_the_organization_is_called() => Property.Holds(Names, name => AssertTable(Of(name, "some-id")));

    [Fact]
    public void Table_has_its_rows_whatever_the_organizations_id_is() =>
        Property.Holds(Names.Where(id => id.Length > 0), id => AssertTable(Of("Example", id)));

    [Theory]
    [InlineData("a|b")]
    [InlineData("a\\|b")]
    [InlineData("a\\\\|b")]
    [InlineData("\\")]
    [InlineData("`|`")]
    [InlineData("``")]
    public void Table_has_its_rows_when_backslashes_meet_pipes(string text)
    {
        AssertTable(Of(text, "some-id"));
        AssertTable(Of("Example", text));
    }

    [Fact]
    public void Name_is_inert() => Property.Holds(Names, name =>
    {
        var shown = Of(name, "some-id").Split('\n').Single(line => line.StartsWith("| Organization ", StringComparison.Ordinal));

        Assert.DoesNotContain('<', shown);
        Assert.DoesNotContain('>', shown);
        Assert.DoesNotContain('@', shown);
        Assert.DoesNotContain("://", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("www.", shown, StringComparison.OrdinalIgnoreCase);
        // Only escaped punctuation, entities, and our own code span.
        Assert.DoesNotMatch(Live(), Entity()
            .Replace(shown["| Organization |".Length..].Replace("`some-id` |", "", StringComparison.Ordinal), ""));
    });

    [Fact]
    public void Failures_text_is_inert_and_makes_no_new_paragraph() =>
        Property.Holds(from one in Names from other in Names select (one, other), texts =>
    {
        var failure = new FailureException(
            ExitCode.Inputs, texts.one, texts.other, texts.one, texts.other, "topic")
        { Details = [texts.one, texts.other] };

        var summary = new StepSummary(new Redactor()).Of(failure);

        Assert.DoesNotContain('<', summary);
        Assert.DoesNotContain('@', summary);
        Assert.Equal(new StepSummary(new Redactor())
            .Of(new FailureException(ExitCode.Inputs, "x", "x", texts.one.Length > 0 ? "x" : "", "x", "topic") { Details = ["x", "x"] })
            .Split('\n').Length, summary.Split('\n').Length);
    });

    [Fact]
    public void Token_is_told_by_its_fingerprint()
    {
        var publication = Some.Publication("some-token-that-is-secret");

        Assert.DoesNotContain("some-token-that-is-secret", new StepSummary(new Redactor()).Of(publication), StringComparison.Ordinal);
        Assert.Contains($"| Token | `{publication.Token.Fingerprint}` |\n", new StepSummary(new Redactor()).Of(publication),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Expiry_is_told_where_it_is_known()
    {
        var time = new ManualTimeProvider();
        var publication = Some.Publication();
        var lifetime = new Lifetime(TimeSpan.FromDays(1), time.GetUtcNow(), time.GetTimestamp());

        Assert.Contains("| Expires | not told by the server |\n", new StepSummary(new Redactor()).Of(publication),
            StringComparison.Ordinal);
        Assert.Contains("| Expires | 2026-01-03 03:04:05 UTC (after 24 h) |\n", new StepSummary(new Redactor())
            .Of(publication with { Token = publication.Token with { Lifetime = lifetime } }), StringComparison.Ordinal);
    }

    // What a vendor says reaches the summary by this way alone.
    private static Gen<string> Names { get; } = HostileText.Any.Select(text => new UntrustedText(new Redactor()).Clean(text, 200));

    private static string Of(string name, string id) =>
        new StepSummary(new Redactor()).Of(Some.Publication(organization: new Organization(id, name)));

    private static void AssertTable(string summary)
    {
        var table = summary.Split('\n').Where(line => line.StartsWith('|')).ToList();

        Assert.Equal(Rows.Length + 1, table.Count);
        // A heading, an empty line, the table, an empty line.
        Assert.Equal(table.Count + 4, summary.Split('\n').Length);
        Assert.Equal("|---|---|", table[1]);
        table.RemoveAt(1);
        // Markdown's readers differ in whether a pipe after two backslashes ends a cell; in no case may it matter.
        Assert.All(table, line => Assert.Equal((3, 3), (PipeAfterAnyBackslash().Count(line), PipeAfterAnEscapedBackslash().Count(line))));
        Assert.Equal(Rows, table.Select(line => line.Split('|')[1].Trim()));
    }

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex PipeAfterAnyBackslash();

    [GeneratedRegex(@"(?<!\\)(?:\\\\)*\|")]
    private static partial Regex PipeAfterAnEscapedBackslash();

    [GeneratedRegex(@"(?<!\\)(?:\\\\)*[*_`\[\]~!$#&]")]
    private static partial Regex Live();

    [GeneratedRegex("&(lt|gt|amp|#64|#8288);")]
    private static partial Regex Entity();
}
