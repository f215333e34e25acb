namespace Ccaas.Action.Tests.CiSystems.Terminal;

/// <summary>On a plain terminal, results go to standard output and everything for people to standard error.</summary>
public sealed class TerminalSystemTests
{
    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("dotenv")]
    [InlineData("JSON")]
    public void Format_is_one_of_three_words_in_any_case(string format) => Assert.Empty(Problems((Input.Format, format)));

    [Theory]
    [InlineData("yaml")]
    [InlineData("1")]
    [InlineData("3")]
    [InlineData("-1")]
    [InlineData("text,json")]
    [InlineData("json dotenv")]
    public void Other_format_is_refused(string format) =>
        Assert.Contains("give text, json or dotenv", Assert.Single(Problems((Input.Format, format))), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "false", 1)]
    [InlineData("", "true", 0)]
    [InlineData("", "TRUE", 0)]
    [InlineData("NAME", "false", 0)]
    public void Dotenv_without_anything_to_hold_is_refused(string variable, string tools, int problems) => Assert.Equal(problems,
        Problems((Input.Format, "dotenv"), (Input.EnvironmentVariable, variable), (Input.ToolEnvironment, tools)).Count);

    [Fact]
    public void Line_for_people_is_one_line_and_no_command_whatever_its_text() => Property.HoldsForAnyText(text =>
    {
        var (output, error) = Written(system =>
        {
            system.Info(text);
            system.Warning(text, text);
            system.Debug(text);
        });

        Assert.Empty(output);
        Assert.Equal(2, error.Count(c => c == '\n'));
        Assert.DoesNotContain('\r', error);
        Assert.DoesNotContain("##[", error, StringComparison.Ordinal);
        Assert.DoesNotContain("##vso[", error, StringComparison.OrdinalIgnoreCase);
    });

    [Fact]
    public void Result_is_all_there_is_on_standard_output()
    {
        var (output, error) = Written(system =>
        {
            system.Mask(["some-token"]);
            system.Info("for people");
            system.Publish(Some.Publication("some-token"));
            system.Report(new FailureException(ExitCode.Network, "Title", "It happened.", "", "do this.", "a-topic"));
        });

        Assert.Equal("some-token\n", output);
        Assert.Equal($"for people\nError: Title\n  It happened.\n  What to do: do this.\n  More: {Links.Troubleshooting("a-topic")}\n",
            error);
    }

    private static (string Output, string Error) Written(System.Action<TerminalSystem> write)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        write(new TerminalSystem(new ProcessEnvironment(new Dictionary<string, string>(), TextReader.Null, output, error), new Redactor(),
            TimeProvider.System));
        return (output.ToString(), error.ToString());
    }

    private static List<string> Problems(params (string Name, string Value)[] given)
    {
        var values = new InputValues();
        foreach (var (name, value) in given)
        {
            values.Offer(name, value, "test");
        }

        var (environment, redactor, problems) =
            (new ProcessEnvironment(new Dictionary<string, string>(), TextReader.Null, TextWriter.Null, TextWriter.Null), new Redactor(),
            new InputProblems());
        new TerminalSystem(environment, redactor, TimeProvider.System)
            .Check(new InputReader(values, problems, new UntrustedText(redactor), missingSecretHint: ""));
        return [.. problems.Lines()];
    }
}
