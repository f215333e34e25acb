using Ccaas.Sandbox.GitHubRunner;
using Ccaas.Testing;
using FsCheck.Fluent;
using CommandFiles = Ccaas.Action.CiSystems.GitHubActions.CommandFiles;

namespace Ccaas.Action.Tests.CiSystems.GitHubActions;

/// <summary>What is written into the runner's files is what the runner reads, byte for byte.</summary>
public sealed class CommandFileTests : IDisposable
{
    private readonly CommandFileSet _files = new();

    [Fact]
    public void Any_value_comes_back_from_an_entry() => Property.HoldsForAnyText(value =>
        Assert.Equal([KeyValuePair.Create("name", value)], CommandFileParser.Parse(CommandFiles.Entry("name", value)).Pairs));

    [Fact]
    public void Any_token_comes_back_from_an_entry() => Property.Holds(HostileText.Token, token =>
        Assert.Equal([KeyValuePair.Create("access-token", token)],
            CommandFileParser.Parse(CommandFiles.Entry("access-token", token)).Pairs));

    [Fact]
    public void Any_values_come_back_in_their_order_through_real_files() => Property.Holds(
        from values in Gen.ListOf(HostileText.Utf8, 3)
        from token in HostileText.Token
        from earlier in Gen.Elements("", "earlier=1", "earlier=1\n", "earlier<<E\n1\nE", "earlier<<E\n1\nE\n", "\n", "earlier=1\r")
        select (values: values.Append(token).ToList(), earlier),
        sample =>
        {
            File.WriteAllText(_files.Path("GITHUB_OUTPUT"), sample.earlier);

            var entries = sample.values.Select(
                (value, i) => (Path: (string?)_files.Path("GITHUB_OUTPUT"), Text: CommandFiles.Entry($"v{i}", value)));
            CommandFiles.AppendAll(entries);

            var pairs = CommandFileParser.Parse(_files.Read("GITHUB_OUTPUT")).Pairs;
            Assert.Equal(sample.values, pairs.Where(pair => pair.Key != "earlier").Select(pair => pair.Value));
            Assert.Equal(sample.earlier.Contains("earlier", StringComparison.Ordinal) ? 1 : 0, pairs.Count(pair => pair.Key == "earlier"));
        });

    [Fact]
    public void Half_of_a_character_becomes_one_that_is_unreadable()
    {
        CommandFiles.AppendAll([(_files.Path("GITHUB_ENV"), CommandFiles.Entry("name", "a\uD800b"))]);

        Assert.Equal("a\uFFFDb", CommandFileParser.Parse(_files.Read("GITHUB_ENV")).Values["name"]);
    }

    [Fact]
    public void Delimiters_are_never_the_same()
    {
        var delimiters = Enumerable.Range(0, 1000).Select(_ => CommandFiles.Entry("name", "value").Split('\n')[0]).ToHashSet();

        Assert.Equal(1000, delimiters.Count);
        Assert.All(delimiters, delimiter => Assert.Matches("^name<<[a-z]+_[0-9a-f]{32}$", delimiter));
    }

    [Fact]
    public void File_holds_no_byte_order_mark()
    {
        CommandFiles.AppendAll([(_files.Path("GITHUB_ENV"), "x=1\n")]);

        Assert.Equal("x=1\n"u8.ToArray(), File.ReadAllBytes(_files.Path("GITHUB_ENV")));
    }

    [Fact]
    public void File_that_is_missing_is_not_made_and_nothing_else_is_written()
    {
        var missing = _files.Path("MISSING");

        Assert.Throws<FailureException>(() => CommandFiles.AppendAll([(_files.Path("GITHUB_OUTPUT"), "x=1\n"), (missing, "y=1\n")]));

        Assert.False(File.Exists(missing));
        Assert.Empty(_files.Read("GITHUB_OUTPUT"));
    }

    [Fact]
    public void Entry_without_path_or_text_is_passed_over()
    {
        CommandFiles.AppendAll([(null, "x=1\n"), ("", "x=1\n"), (_files.Path("MISSING"), ""), (_files.Path("GITHUB_ENV"), "y=1\n")]);

        Assert.Equal("y=1\n", _files.Read("GITHUB_ENV"));
        Assert.False(File.Exists(_files.Path("MISSING")));
    }

    /// <summary>A device that is always full stands for the disk.</summary>
    [Fact]
    public void Every_file_is_as_before_when_the_last_one_has_no_room()
    {
        File.WriteAllText(_files.Path("GITHUB_OUTPUT"), "earlier=1");
        File.WriteAllText(_files.Path("GITHUB_ENV"), "EARLIER=2\n");

        Assert.Throws<FailureException>(() => CommandFiles.AppendAll(
            [(_files.Path("GITHUB_OUTPUT"), "x=1\n"), (_files.Path("GITHUB_ENV"), new string('y', 100_000)), ("/dev/full", "z=1\n")]));

        Assert.Equal("earlier=1", _files.Read("GITHUB_OUTPUT"));
        Assert.Equal("EARLIER=2\n", _files.Read("GITHUB_ENV"));
    }

    public void Dispose() => _files.Dispose();
}
