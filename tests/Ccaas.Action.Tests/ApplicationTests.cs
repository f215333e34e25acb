using System.Diagnostics;
using Ccaas.Testing;

namespace Ccaas.Action.Tests;

/// <summary>The whole program within this process, where a child process could not be put into the situation.</summary>
public sealed class ApplicationTests
{
    /// <summary>
    /// A disk that fills up in the middle of a write: a limit of the system on the size of files, set for a child process.
    /// </summary>
    [Theory]
    [InlineData("GITHUB_OUTPUT")]
    [InlineData("GITHUB_ENV")]
    [InlineData("GITHUB_STEP_SUMMARY")]
    public async Task Half_of_a_write_is_undone(string file)
    {
        await using var world = await World.GitHubAsync();
        // Earlier steps left so much that not all of what follows fits below the limit of 64 blocks.
        var left = CommandFileSet.Names.ToDictionary(
            name => name, name => name == file ? $"earlier={new string('x', (64 * 512) - 50)}" : $"{name}=earlier\n");
        foreach (var (name, text) in left)
        {
            await File.WriteAllTextAsync(world.Files.Path(name), text);
        }

        // Memory that the runtime maps twice counts as a file, too.
        world.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        // A shell drops names that hold a hyphen; env sets them.
        var (hyphened, variables) = (
            world.Variables().Where(IsHyphened), world.Variables().Where(variable => !IsHyphened(variable)).ToDictionary());
        var program = Executable.Start([]);

        using var child = ChildProcess.Start(
            new ProcessStartInfo("sh",
                ["-c", "trap '' XFSZ; ulimit -f 64; exec env \"$@\"", "sh",
                .. hyphened.Select(variable => $"{variable.Key}={variable.Value}"), program.FileName, .. program.ArgumentList]), variables);
        var run = await world.EndAsync(child);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("::error title=The results could not be written::", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Published", run.Output, StringComparison.Ordinal);
        Assert.Equal(left["GITHUB_OUTPUT"], world.Files.Read("GITHUB_OUTPUT"));
        Assert.Equal(left["GITHUB_ENV"], world.Files.Read("GITHUB_ENV"));
        // Where there is room, the summary tells of the failure.
        var summary = world.Files.Read("GITHUB_STEP_SUMMARY");
        Assert.StartsWith(left["GITHUB_STEP_SUMMARY"], summary, StringComparison.Ordinal);
        Assert.Equal(file != "GITHUB_STEP_SUMMARY",
            summary.Contains("No access token: The results could not be written", StringComparison.Ordinal));
        AssertClean(run.Output + summary);

        static bool IsHyphened(KeyValuePair<string, string> variable) => variable.Key.Contains('-', StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_file_that_is_a_folder_is_named_before_anything_is_sent()
    {
        await using var world = await World.GitHubAsync();
        world.Environment["GITHUB_OUTPUT"] = world.Files.Folder;

        var (exitCode, output) = await RunAsync(world);

        Assert.Equal(ExitCode.Inputs, exitCode);
        Assert.Contains("GITHUB_OUTPUT", output, StringComparison.Ordinal);
        Assert.Empty(world.Sandbox.Requests);
    }

    /// <summary>Masks come before the first complaint about an input, and before the list of inputs that a debugged step shows.</summary>
    [Theory]
    [InlineData("region")]
    [InlineData("provider")]
    [InlineData("timeout")]
    [InlineData("verify")]
    [InlineData("ca-certificate")]
    [InlineData("environment-variable")]
    public async Task Secret_that_was_pasted_into_another_input_is_not_shown(string input)
    {
        await using var world = await World.GitHubAsync();
        world.Inputs[input] = Canary.ClientSecret.Value;
        world.Environment["RUNNER_DEBUG"] = "1";

        var (exitCode, output) = await RunAsync(world);

        Assert.Equal(ExitCode.Inputs, exitCode);
        Assert.Contains($"- {input}: ", output, StringComparison.Ordinal);
        AssertClean(output + world.Files.Read("GITHUB_STEP_SUMMARY"));
    }

    [Fact]
    public async Task Same_run_with_room_hands_everything_on()
    {
        await using var world = await World.GitHubAsync();

        var (exitCode, output) = await RunAsync(world);

        Assert.Equal(ExitCode.Done, exitCode);
        Assert.Contains("Published", output, StringComparison.Ordinal);
        Assert.Contains(Canary.Token.Value, world.Files.Read("GITHUB_OUTPUT"), StringComparison.Ordinal);
        AssertClean(output + world.Files.Read("GITHUB_STEP_SUMMARY"));
    }

    /// <summary>A stream that breaks stands for every bug: what it says is not repeated.</summary>
    [Fact]
    public async Task Bug_is_told_without_what_its_exception_says()
    {
        await using var world = await World.GitHubAsync();
        world.Environment.Remove("GITHUB_ACTIONS");
        using var error = new StringWriter();
        await using var broken = new BrokenWriter();

        var exitCode = await new Application(new ProcessEnvironment(world.Variables(), TextReader.Null, broken, error), TimeProvider.System)
            .RunAsync([], CancellationToken.None);

        Assert.Equal(ExitCode.Bug, exitCode);
        Assert.Contains("A bug in this program", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(nameof(NotSupportedException), error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(BrokenWriter.Says, error.ToString(), StringComparison.Ordinal);
        AssertClean(error.ToString());
    }

    [Fact]
    public async Task Run_that_was_canceled_before_it_began_sends_nothing()
    {
        await using var world = await World.GitHubAsync();
        using var output = new StringWriter();

        var exitCode = await new Application(
            new ProcessEnvironment(world.Variables(), TextReader.Null, output, TextWriter.Null), TimeProvider.System)
            .RunAsync([], new CancellationToken(canceled: true));

        Assert.Equal(ExitCode.Canceled, exitCode);
        Assert.Empty(world.Sandbox.Requests);
        Assert.Empty(world.Files.Read("GITHUB_OUTPUT"));
    }

    private static async Task<(ExitCode ExitCode, string Output)> RunAsync(World world)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await new Application(new ProcessEnvironment(world.Variables(), TextReader.Null, output, error), TimeProvider.System)
            .RunAsync([], CancellationToken.None);
        Assert.Empty(error.ToString());
        return (exitCode, output.ToString());
    }

    private static void AssertClean(string text) => Assert.Empty(
        from line in text.Split('\n')
        where !line.StartsWith("::add-mask::", StringComparison.Ordinal)
        from canary in Canary.All
        from form in canary.FindIn(line)
        select form);

    private sealed class BrokenWriter : StringWriter
    {
        public const string Says = "what the exception says";

        public override void Write(string? value) => throw new NotSupportedException($"{Says}: {value}");
    }
}
