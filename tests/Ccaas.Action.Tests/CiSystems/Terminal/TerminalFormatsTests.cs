using System.Text.Json;
using Ccaas.Testing;
using FsCheck.Fluent;

namespace Ccaas.Action.Tests.CiSystems.Terminal;

/// <summary>What a script reads from standard output is what was meant.</summary>
public sealed class TerminalFormatsTests : IDisposable
{
    private const int Samples = 400;

    private readonly CommandFileSet _files = new();

    // Values at which a shell would do something, if it were let.
    private static readonly string[] Awkward =
    [
        "~", "~/", "~root", "~root/x", "~+", "~-", "a:~/b", "a=~/b", "a:~root", "*", "?", "[a-z]*", "/etc/*", "$HOME", "${HOME}", "$(id)",
            "`id`", "$((1+1))",
        "'", "''", "\"", "'\"'", "\\", "\\'", "\\n", "a b", " a ", "a\nb", "a\n", "\n", "a\tb", "#a", "a#b", "a;b", "a|b", "a&b", "a>b",
            "a<b", "!a", "!!", "{a,b}", "(a)",
        "-n", "-e", "--", "%s", "%", "=", "a=b", "é", "日本", "😀", "",
    ];

    /// <summary>Every value in one file, read by the system's own shell, and compared byte by byte.</summary>
    [Fact]
    public async Task Shell_reads_every_value_as_it_is_from_dotenv()
    {
        var values = HostileText.Token.Sample(Samples)
            .Concat(HostileText.Utf8.Select(text => text.Replace("\0", "", StringComparison.Ordinal)).Sample(Samples))
            .Concat(Awkward)
            .ToList();
        await File.WriteAllTextAsync(_files.Path("values"), string.Concat(values.Select((value, i) => Dotenv($"V{i}", value))));

        var (exitCode, output, error) = await ChildProcess.RunAsync("sh", "-c",
            """. "$1"; i=0; while [ "$i" -lt "$2" ]; do eval "printf '%s\0' \"\$V$i\""; i=$((i+1)); done""", "sh", _files.Path("values"), $"{values.Count}");

        Assert.Equal((0, ""), (exitCode, error));
        var read = output.Split('\0')[..^1];
        Assert.Equal(values.Count, read.Length);
        Assert.All(values.Zip(read), pair => Assert.Equal(pair.First, pair.Second));
    }

    /// <summary>Readers that know no quotes find none around what vendors make.</summary>
    [Theory]
    [InlineData("eyJhbGciOiJub25lIn0.eyJrYW5hcmllIjoxfQ.a2FuYXJpZS1z_-")]
    [InlineData("YWJjZGVmZ2g+/==")]
    [InlineData("https://api.mypurecloud.ie")]
    [InlineData("eu-west-1")]
    [InlineData("00D50000000IZ3Z!AQ4AQJXg5oj8jXSgxJfA0lBog.39AsX.LVpxezPwuX5VAIrr")]
    public void Plain_value_has_no_quotes_in_dotenv(string value) => Assert.Equal($"NAME={value}\n", Dotenv("NAME", value));

    [Fact]
    public void Json_holds_any_token_as_it_is() => Property.Holds(HostileText.Token, token =>
    {
        using var json = JsonDocument.Parse(TerminalFormats.Write(TerminalFormat.Json, Some.Publication(token), TimeProvider.System));

        Assert.Equal(token, json.RootElement.GetProperty("access_token").GetString());
        Assert.Equal(Outputs.Of(Some.Publication(), TimeProvider.System).Select(output => output.Key.Replace('-', '_')),
            json.RootElement.EnumerateObject().Select(field => field.Name));
    }, 100);

    [Fact]
    public void Text_is_the_token_and_a_line_break() => Property.Holds(HostileText.Token, token =>
        Assert.Equal($"{token}\n", TerminalFormats.Write(TerminalFormat.Text, Some.Publication(token), TimeProvider.System)), 100);

    public void Dispose() => _files.Dispose();

    private static string Dotenv(string name, string value)
    {
        var publication = Some.Publication(value);
        var request = publication.Request with { Export = new Export(name, ToolEnvironment: false) };
        return TerminalFormats.Write(TerminalFormat.Dotenv, publication with { Request = request }, TimeProvider.System);
    }
}
