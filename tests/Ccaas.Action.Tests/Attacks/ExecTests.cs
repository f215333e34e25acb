using System.Globalization;
using System.Text.RegularExpressions;
using Ccaas.Sandbox;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Attacks;

/// <summary>Which program <c>exec</c> runs, and what that program finds.</summary>
public sealed class ExecTests
{
    [Theory]
    [InlineData("")]
    [InlineData("PATH=:.:$PATH ")]
    [InlineData("PATH=bin:$PATH ")]
    public async Task Program_of_the_working_folder_is_not_run_by_its_bare_name(string path)
    {
        await using var world = await World.TerminalAsync();

        var step = await RunAsync(world, $"mkdir bin; printf '#!/bin/sh\\necho theirs\\n' | tee bin/terraform-of-test > "
            + $"terraform-of-test; chmod +x terraform-of-test bin/*; {path}\"$@\" exec OPTIONS -- terraform-of-test");

        Assert.Equal(127, step.ExitCode);
        Assert.DoesNotContain("theirs", step.Raw, StringComparison.Ordinal);
        Assert.Empty(world.Sandbox.Requests);
    }

    [Theory]
    [InlineData("PATH=./a:$PWD/b:$PATH", "tool")]
    [InlineData("true", "./b/tool")]
    [InlineData("true", "b/tool")]
    public async Task Program_is_run_from_path_and_by_its_own_path(string before, string command)
    {
        await using var world = await World.TerminalAsync();

        var step = await RunAsync(world, $"mkdir a b; printf '#!/bin/sh\\necho ours\\n' > b/tool; cp b/tool a/tool; chmod +x b/tool; "
            + $"export {before}; \"$@\" exec OPTIONS -- {command}".Replace("export true; ", "", StringComparison.Ordinal));

        Assert.Equal(0, step.ExitCode);
        Assert.Contains("ours\n", step.Raw, StringComparison.Ordinal);
    }

    /// <param name="make">Makes the file <c>x</c>.</param>
    /// <param name="exitCode">As shells have it.</param>
    /// <param name="requests">What can be known before a token is requested is.</param>
    [Theory]
    [InlineData("true", 127, 0)]
    [InlineData("mkdir x", 127, 0)]
    [InlineData("echo '#!/bin/sh' > x", 126, 0)]
    [InlineData(": > x; chmod +x x", 126, 0)]
    [InlineData("mkfifo x; chmod +x x", 126, 0)]
    [InlineData("echo echo it ran > x; chmod +x x", 126, 1)]
    [InlineData("printf '#!/there/is/none\\n' > x; chmod +x x", 126, 1)]
    [InlineData("printf '\\177ELF' > x; chmod +x x", 126, 1)]
    public async Task Command_that_cannot_be_run_ends_as_in_a_shell(string make, int exitCode, int requests)
    {
        await using var world = await World.TerminalAsync();

        var step = await RunAsync(world, $"{make}; \"$@\" exec OPTIONS -- ./x");

        Assert.Equal(exitCode, step.ExitCode);
        Assert.Equal(requests, world.Sandbox.Requests.Count);
        Assert.DoesNotContain("bug", step.Raw, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(exitCode == 127 ? "Command not found" : "The command cannot be run", step.Raw, StringComparison.Ordinal);
        Assert.DoesNotContain("it ran", step.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_finds_no_input_and_no_state()
    {
        await using var world = await World.GitHubAsync();
        foreach (var name in new[] { "INPUT_OF_ANOTHER_ACTION", "input_of_somebody", "STATE_ccaas", "CCAAS_PARAMETERS", "CCAAS_SEAL_KEY",
            "ENDPOINT_AUTH_PARAMETER_1_PASSWORD" })
        {
            world.Environment[name] = "password=of-a-person";
        }

        world.Environment["STATEMENT"] = "kept";
        var step = await RunAsync(world, "export INPUT_PASSWORD=of-a-person CCAAS_CLIENT_SECRET=\"$INPUT_CLIENT_SECRET\"; unset "
            + "CCAAS_SEAL_KEY; \"$@\" exec OPTIONS -- env");

        Assert.Equal(0, step.ExitCode);
        Assert.DoesNotContain("of-a-person", step.Raw, StringComparison.Ordinal);
        Assert.DoesNotContain("INPUT_", step.Raw, StringComparison.Ordinal);
        Assert.DoesNotContain("CCAAS_CLIENT_SECRET", step.Raw, StringComparison.Ordinal);
        Assert.Contains("STATEMENT=kept", step.Raw, StringComparison.Ordinal);
        Assert.Contains("CCAAS_ACCESS_TOKEN=***", step.Shown, StringComparison.Ordinal);
    }

    /// <summary>SIGPIPE ends it, no signal is blocked, and nothing is open that was not before.</summary>
    [Fact]
    public async Task Command_starts_as_without_this_program()
    {
        await using var world = await World.TerminalAsync();

        var step = await RunAsync(world, "bash -c 'cd /proc/$$/fd; echo fds-before *'; echo \"shell $BASHPID\"; exec \"$@\" exec OPTIONS "
            + "-- bash -c 'echo \"command $$\"; grep Sig /proc/self/status; cd /proc/$$/fd; echo fds-after *; yes | head -1; echo "
            + "${PIPESTATUS[0]}'");

        Assert.Equal(0, step.ExitCode);
        const long BrokenPipe = 1L << 12;
        Assert.Equal(0, BrokenPipe & Signals(step.Raw, "SigIgn"));
        Assert.Equal(0, Signals(step.Raw, "SigBlk"));
        Assert.Equal(Regex.Match(step.Raw, "fds-before (.*)").Groups[1].Value, Regex.Match(step.Raw, "fds-after (.*)").Groups[1].Value);
        Assert.Contains("\ny\n141\n", step.Raw, StringComparison.Ordinal);
        Assert.Equal(Number(step.Raw, "shell"), Number(step.Raw, "command"));
    }

    /// <summary>A stream that cannot be written: exit code 1, what is wrong on the one that can, and no abort (134).</summary>
    [Theory]
    [InlineData("get OPTIONS > /dev/full", 1)]
    [InlineData("get OPTIONS >&-", 1)]
    [InlineData("get OPTIONS >&- 2>&-", 1)]
    [InlineData("get OPTIONS 2> /dev/full", 1)]
    [InlineData("get OPTIONS 2>&-", 1)]
    [InlineData("get OPTIONS <&-", 0)]
    [InlineData("acquire OPTIONS > /dev/full", 1)]
    [InlineData("--version >&-", 1)]
    [InlineData("--help > /dev/full", 1)]
    public async Task Stream_that_cannot_be_written_is_said(string command, int exitCode)
    {
        await using var world = await World.TerminalAsync();

        var step = await RunAsync(world, $"\"$@\" {command}");

        Assert.Equal(exitCode, step.ExitCode);
        Assert.DoesNotContain("bug", step.Raw, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(exitCode == 1 && !command.Contains("2>", StringComparison.Ordinal),
            step.Raw.Contains("could not be written", StringComparison.Ordinal));
    }

    /// <summary>A full pipe that another program of the job has made non-blocking (Node does) is waited for.</summary>
    [Fact]
    public async Task Output_waits_for_a_slow_reader_of_a_non_blocking_pipe()
    {
        await using var world = await World.TerminalAsync();

        var step = await RunAsync(world, "perl -MFcntl -e 'fcntl(STDOUT, F_SETFL, O_WRONLY | O_NONBLOCK); 1 while syswrite STDOUT, "
            + "\".\"; exec @ARGV' -- \"$@\" --version | (sleep 0.3; tail -c 50)");

        Assert.Equal(0, step.ExitCode);
        Assert.Contains("ccaas-token", step.Raw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acquire > /dev/full")]
    [InlineData("acquire >&-")]
    public async Task Step_whose_log_cannot_be_written_says_so_on_the_other_stream(string command)
    {
        await using var world = await World.GitHubAsync();

        var step = await RunAsync(world, $"\"$@\" {command} --provider genesys-cloud");

        Assert.Equal(1, step.ExitCode);
        Assert.Contains("could not be written", step.Raw, StringComparison.Ordinal);
        Assert.Empty(Canary.All.SelectMany(canary => canary.FindIn(step.Raw)));
    }

    /// <summary>A signal that ends a process with a core file, while it holds the secret and waits for the server.</summary>
    [CoreFileFact]
    public async Task Core_file_is_never_left()
    {
        await using var world = await World.TerminalAsync();
        world.Sandbox.Faults.Enqueue(Fault.Hang);

        var running = RunAsync(world, "ulimit -c unlimited; \"$@\" get OPTIONS & until test -e asked; do sleep 0.02; done; kill -s SYS "
            + "$!; wait $! || echo \"ended $?\"; echo core*");
        while (!running.IsCompleted && !world.Sandbox.Requests.Any())
        {
            await Task.Delay(20);
        }

        await File.WriteAllTextAsync(world.Files.Path("asked"), "");
        var step = await running;

        Assert.Contains("ended 159", step.Raw, StringComparison.Ordinal);
        Assert.Contains("core*", step.Raw, StringComparison.Ordinal);
        Assert.DoesNotContain("core dumped", step.Raw, StringComparison.Ordinal);
    }

    /// <summary>On runners before 2.331 a step puts the cache and the executable into what is the home folder in its container.</summary>
    [Theory]
    [InlineData("/runner/_temp/ccaas-token", "/runner/_temp")]
    [InlineData("/runner/_temp/_github_home/ccaas-token", "/runner/_temp/_github_home")]
    [InlineData("/runner/_temp/other/ccaas-token", null)]
    [InlineData("/usr/bin/ccaas-token", null)]
    [InlineData(null, null)]
    public void Script_looks_for_the_cache_beside_the_installed_executable(string? program, string? folder) =>
        Assert.Equal(folder, GitHubActionsSystem.InstalledIn("/runner/_temp", program));

    private static Task<ScriptStep> RunAsync(World world, string script) =>
        ScriptStep.RunAsync(world, script.Replace("OPTIONS", ScriptStep.Options(world), StringComparison.Ordinal));

    private static long Signals(string status, string name) =>
        long.Parse(Regex.Match(status, $@"{name}:\s+([0-9a-f]+)").Groups[1].ValueSpan, NumberStyles.HexNumber,
            CultureInfo.InvariantCulture);

    private static string Number(string text, string name) => Regex.Match(text, $"{name} ([0-9]+)").Groups[1].Value;
}
