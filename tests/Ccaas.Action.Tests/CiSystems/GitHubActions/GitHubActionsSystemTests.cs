using Ccaas.Sandbox.GitHubRunner;
using FsCheck;
using FsCheck.Fluent;
using Masker = Ccaas.Action.Masking.Masker;

namespace Ccaas.Action.Tests.CiSystems.GitHubActions;

/// <summary>Whatever text reaches the log, the runner finds in it the commands that were meant, and no others.</summary>
public sealed class GitHubActionsSystemTests
{
    [Fact]
    public void Line_is_one_line_and_no_command_whatever_its_text() => Property.HoldsForAnyText(text =>
        Assert.Null(WorkflowCommandParser.Parse(Assert.Single(Written(system => system.Info(text))))));

    [Fact]
    public void Warning_is_one_command_whatever_its_text() => Property.Holds(Two, texts =>
        AssertCommand("warning", Assert.Single(Written(system => system.Warning(texts.One, texts.Other)))));

    [Fact]
    public void Debug_line_is_one_command_whatever_its_text() => Property.HoldsForAnyText(text =>
    {
        AssertCommand("debug", Assert.Single(Written(system => system.Debug(text), debug: true)));
        Assert.Empty(Written(system => system.Debug(text)));
    });

    [Fact]
    public void Failure_is_one_command_whatever_its_texts() => Property.Holds(Two, texts =>
    {
        var failure = new FailureException(
            ExitCode.ServerFailed, texts.One, texts.Other, texts.One, texts.Other, texts.One)
        { Details = [texts.One, texts.Other] };

        AssertCommand("error", Assert.Single(Written(system => system.Report(failure))));
    });

    /// <summary>A whole log, read by the runner from the first line to the last.</summary>
    [Fact]
    public void Log_obeys_nothing_that_was_not_meant() => Property.Holds(Gen.ListOf(Two, 4), texts =>
    {
        var log = new StepLog(debug: true);
        foreach (var line in Written(system =>
        {
            foreach (var (one, other) in texts)
            {
                system.Info(one);
                system.Warning(one, other);
                system.Debug(other);
                system.Report(new FailureException(ExitCode.Inputs, other, one, "", other, "topic"));
            }
        }, debug: true))
        {
            log.AppendLine(line);
        }

        Assert.Empty(log.Masks);
        Assert.Empty(log.Outputs);
        Assert.Empty(log.State);
        Assert.False(log.CommandFailed);
        Assert.False(log.CommandsStopped);
        Assert.Equal(texts.Count, log.Annotations.Count(annotation => annotation.Level == "error"));
        Assert.Equal(texts.Count, log.Annotations.Count(annotation => annotation.Level == "warning"));
        Assert.DoesNotContain(log.Annotations, annotation => annotation.Level == "notice");
    }, 100);

    /// <summary>Between texts that would make a command of it, too.</summary>
    [Fact]
    public void No_line_shows_a_secret_and_every_mask_comes_before() => Property.Holds(
        from texts in Two from secret in HostileText.Secret(8, 40) select (texts.One, texts.Other, secret),
        sample =>
        {
            var lines = Written((system, redactor) =>
            {
                new Masker(redactor, system).Mask(new Secret(sample.secret));
                system.Info($"{sample.One}{sample.secret}{sample.Other}");
                system.Warning(sample.secret, sample.One);
                system.Report(new FailureException(ExitCode.Inputs, sample.One, sample.secret, sample.secret, sample.Other,
                    "topic")
                { Details = [sample.secret] });
            });

            var masks = lines.TakeWhile(line => line.StartsWith("::add-mask::", StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(masks);
            Assert.All(lines.Skip(masks.Count), line =>
                Assert.DoesNotContain(sample.secret, WorkflowCommandParser.Parse(line)?.Data ?? line, StringComparison.Ordinal));
            Assert.Equal(3, lines.Count - masks.Count);
        });

    private static Gen<(string One, string Other)> Two { get; } =
        from one in HostileText.Any from other in HostileText.Any select (one, other);

    private static void AssertCommand(string name, string line) => Assert.Equal(name, WorkflowCommandParser.Parse(line)?.Name);

    private static List<string> Written(System.Action<GitHubActionsSystem> write, bool debug = false) =>
        Written((system, _) => write(system), debug);

    // Split as the runner's reader splits: at CR, LF and both.
    private static List<string> Written(System.Action<GitHubActionsSystem, Redactor> write, bool debug = false)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var redactor = new Redactor();
        var variables = debug ? new Dictionary<string, string> { ["RUNNER_DEBUG"] = "1" } : [];
        write(new GitHubActionsSystem(new ProcessEnvironment(variables, TextReader.Null, output, error), redactor, TimeProvider.System),
            redactor);
        Assert.Empty(error.ToString());
        using var reader = new StringReader(output.ToString());
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }
}
