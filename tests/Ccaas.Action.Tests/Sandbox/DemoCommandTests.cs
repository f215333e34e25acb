using Ccaas.Testing;

namespace Ccaas.Action.Tests.Sandbox;

public sealed class DemoCommandTests
{
    private static string Bin { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", ".."));

    private static string Configuration { get; } = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    [Fact]
    public async Task Demo_runs_the_executable_that_is_given()
    {
        var name = OperatingSystem.IsWindows() ? "ccaas-token.exe" : "ccaas-token";

        var (exitCode, output, _) = await RunAsync("--executable", Path.Combine(Bin, "Ccaas.Action", Configuration, name));

        Assert.Contains("POST /oauth/token → 200", output, StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Demo_runs_no_other_program_when_the_executable_is_missing()
    {
        var missing = Path.Combine(Path.GetTempPath(), "no such ccaas-token");

        var (exitCode, output, error) = await RunAsync("--executable", missing);

        Assert.StartsWith($"ccaas-sandbox: {missing} could not be started: ", error, StringComparison.Ordinal);
        Assert.Empty(output);
        Assert.Equal(1, exitCode);
    }

    private static Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] options) =>
        ChildProcess.RunAsync("dotnet",
            ["exec", Path.Combine(Bin, "Ccaas.Sandbox", Configuration, "ccaas-sandbox.dll"), "demo", .. options]);
}
