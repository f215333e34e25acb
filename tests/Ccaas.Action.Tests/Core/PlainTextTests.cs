using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Ccaas.Sandbox.GitHubRunner;
using FsCheck.Fluent;

namespace Ccaas.Action.Tests.Core;

/// <summary>Whatever a vendor sends becomes one harmless line.</summary>
public sealed partial class PlainTextTests
{
    [Fact]
    public void Line_is_one_and_within_its_limit_whatever_the_text() =>
        Property.Holds(from text in HostileText.Any from limit in Gen.Choose(2, 400) select (text, limit), sample =>
        {
            var line = PlainText.OneLine(sample.text, sample.limit);

            Assert.InRange(line.Length, 0, sample.limit);
            Assert.DoesNotContain(line, c => c is '\r' or '\n' or '\u0085' or '\u2028' or '\u2029');
            Assert.Equal(line.Trim(), line);
        });

    [Fact]
    public void Line_holds_nothing_invisible_whatever_the_text() =>
        Property.HoldsForAnyText(text =>
        {
            foreach (var rune in PlainText.OneLine(text).EnumerateRunes())
            {
                Assert.NotEqual(UnicodeCategory.Control, Rune.GetUnicodeCategory(rune));
                Assert.NotEqual(UnicodeCategory.Format, Rune.GetUnicodeCategory(rune));
                Assert.True(rune.Value == ' ' || !Rune.IsWhiteSpace(rune), $"U+{rune.Value:X4}");
            }

            Assert.Equal(PlainText.OneLine(text), ThroughUtf8(PlainText.OneLine(text)));
        });

    [Fact]
    public void Line_is_no_command_wherever_it_stands() =>
        Property.HoldsForAnyText(text =>
        {
            var line = PlainText.OneLine(text);

            Assert.DoesNotContain("##[", line, StringComparison.Ordinal);
            Assert.DoesNotContain("##vso[", line, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("::", Arn().Replace(line, ""), StringComparison.Ordinal);
            Assert.Null(WorkflowCommandParser.Parse(line));
            Assert.Null(WorkflowCommandParser.Parse($"Said: {line}"));
        });

    [Fact]
    public void Line_stays_as_it_is_the_second_time() =>
        Property.HoldsForAnyText(text =>
        {
            var line = PlainText.OneLine(text);

            Assert.Equal(line, PlainText.OneLine(line));
        });

    [Theory]
    [InlineData("authentication failed")]
    [InlineData("Client 'c1d2' was not found: check the id (or the region); see #12, 100 % sure!")]
    [InlineData("Größe 5 µm, 日本語, naïve café, 😀")]
    [InlineData("https://login.mypurecloud.ie/oauth/token?x=1&y=[2]")]
    [InlineData("<html><body>Bad Gateway</body></html>")]
    [InlineData(
        "User: arn:aws:sts::123456789012:assumed-role/nightly/build is not authorized to perform: s3:GetObject on arn:aws:s3:::bucket")]
    public void Ordinary_text_is_left_alone(string text) => Assert.Equal(text, PlainText.OneLine(text));

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData(" \r\n\t\u200B ", "")]
    [InlineData("two\r\nlines", "two lines")]
    [InlineData("a\u202Eb\u200Bc", "a b c")]
    [InlineData("::error::x", ". : :error: :x")]
    [InlineData("x ##[add-mask]y ##VsO[z", "x ## [add-mask]y ## vso[z")]
    [InlineData(":::::", ". : : : : :")]
    [InlineData("x::y %0A::error::x", "x: :y %0A: :error: :x")]
    [InlineData("(arn:aws:s3:::x) barn:::y arn::z/a::b", "(arn:aws:s3:::x) barn: : :y arn::z/a: :b")]
    public void Text_is_made_harmless(string? text, string line) => Assert.Equal(line, PlainText.OneLine(text));

    // No case of the table above: an attribute cannot hold half a pair.
    [Fact]
    public void Half_of_a_character_is_shown_as_one_that_is_unreadable() =>
        Assert.Equal("half \uFFFD of a pair", PlainText.OneLine("half \uD800 of a pair"));

    [Fact]
    public void Long_text_ends_with_an_ellipsis_and_never_within_a_character()
    {
        Assert.Equal("abcd…", PlainText.OneLine("abcdefgh", 5));
        Assert.Equal("abc…", PlainText.OneLine("abc😀😀", 5));
        Assert.Equal(PlainText.DefaultLimit, PlainText.OneLine(new string('x', 1_000_000)).Length);
    }

    /// <summary>Disarming keeps the text's lines and its spaces: it is for text of our own that may hold somebody else's.</summary>
    [Fact]
    public void Disarmed_line_is_no_command_and_loses_nothing() =>
        Property.HoldsForAnyText(text =>
        {
            var line = text.Replace('\r', ' ').Replace('\n', ' ');
            var disarmed = PlainText.Disarm(line);

            Assert.Null(WorkflowCommandParser.Parse(disarmed));
            Assert.DoesNotContain("##vso[", disarmed, StringComparison.OrdinalIgnoreCase);
            Assert.True(disarmed == line || line.Contains("##", StringComparison.Ordinal) || line.TrimStart()
                .StartsWith("::", StringComparison.Ordinal));
        });

    [GeneratedRegex("(?<![A-Za-z0-9:-])arn:[A-Za-z0-9:-]*")]
    private static partial Regex Arn();

    private static string ThroughUtf8(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    [Theory]
    [InlineData("https://login.example.test/oauth/token?a=b", "login.example.test")]
    [InlineData("https://login.example.test:8443/", "login.example.test:8443")]
    [InlineData("http://127.0.0.1:80/x", "127.0.0.1")]
    [InlineData("http://[::1]:8080/x", "[::1]:8080")]
    [InlineData("https://b\u00FCcher.example/x", "xn--bcher-kva.example")]
    public void Address_is_shown_by_its_host(string address, string host) => Assert.Equal(host, PlainText.Host(new Uri(address)));

    [Theory]
    [InlineData("https://ev\u200Bil.example/")]
    [InlineData("https://ev\u202Eil.example/")]
    [InlineData("https://ev%E2%80%8Bil.example/")]
    [InlineData("https://evil.example\u2060/")]
    [InlineData("https://\uD800.example/")]
    public void Host_holds_nothing_invisible(string text)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var address))
        {
            Assert.All(PlainText.Host(address), c => Assert.InRange(c, '!', '~'));
        }
    }
}
