using System.Runtime.CompilerServices;
using Ccaas.Testing;

namespace Ccaas.Action.Tests;

/// <summary>Runs the scenarios without a child process when CCAAS_IN_PROCESS is 1, for mutation testing.</summary>
internal static class InProcess
{
    [ModuleInitializer]
    internal static void Register()
    {
        if (Environment.GetEnvironmentVariable("CCAAS_IN_PROCESS") == "1")
        {
            Executable.InProcess = RunAsync;
        }
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> variables, string input)
    {
        using var reader = new StringReader(input);
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        var exitCode = await new Application(new ProcessEnvironment(variables, reader, output, error), TimeProvider.System)
            .RunAsync(arguments, limit.Token);

        return ((int)exitCode, output.ToString(), error.ToString());
    }
}
