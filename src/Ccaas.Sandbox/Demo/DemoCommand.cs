using System.Security.Cryptography;
using Ccaas.Sandbox.Commands;

namespace Ccaas.Sandbox.Demo;

/// <summary>The product's main job from end to end, without an account or a network: a sandbox, one step, what became of it.</summary>
internal static class DemoCommand
{
    private const int Canceled = 130;
    private const int CouldNotRun = 1;

    public const string Help = """
        ccaas-sandbox demo [options]

          --executable PATH  run this ccaas-token instead of the one that was built with the sandbox: a native build,
                             or a script that starts one

        Starts a sandbox on free ports of loopback, runs the real ccaas-token against it as GitHub's runner runs a step,
        and shows the log, the outputs, the environment of later steps, the summary, and the requests that were made.
        Everything is made up for the occasion and thrown away afterwards. The exit code is that of ccaas-token.
        """;

    public static IReadOnlyCollection<string> Options { get; } = ["executable"];

    public static async Task<int> RunAsync(Arguments arguments, CommandConsole console, CancellationToken stop)
    {
        if (arguments.Problems.Count > 0)
        {
            return await SandboxCommands.RefuseAsync(arguments, console);
        }

        var client = new SandboxClient(
            ClientId: Guid.NewGuid().ToString(),
            ClientSecret: RandomNumberGenerator.GetHexString(43, lowercase: true),
            OrganizationId: Guid.NewGuid().ToString(),
            OrganizationName: "Northwind Contact Center");
        try
        {
            await using var server = await SandboxServer.StartAsync(new SandboxOptions { Clients = [client] }, stop);
            using var folder = StepFolder.Create();
            var environment = StepEnvironment.Of(client, server.HttpAddress, folder, console.Environment);
            var result = await StepProcess.RunAsync(arguments.Text("executable", ""), environment, folder.Workspace, stop);
            new DemoReport(new Paper(console.Output, console.WantsColor), client).Print(result, folder, server.Requests);
            return result.ExitCode;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Canceled;
        }
        catch (Exception e) when (e is IOException or TimeoutException or UnauthorizedAccessException)
        {
            await console.Error.WriteLineAsync($"ccaas-sandbox: {e.Message}");
            return CouldNotRun;
        }
    }
}
