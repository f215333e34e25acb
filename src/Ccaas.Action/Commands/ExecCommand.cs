using Ccaas.Action.Foundation;
using Ccaas.Action.Inputs;
using Ccaas.Action.Publishing;

namespace Ccaas.Action.Commands;

/// <summary>
/// Becomes another program, with a token in its environment in place of what it was obtained with: that stays here.
/// </summary>
internal sealed class ExecCommand(TokenAcquisition acquisition, Surroundings surroundings, string program, IReadOnlyList<string> command)
{
    /// <summary>What is meant for this program alone: inputs, the state of a step, and the parameters of a service connection.</summary>
    private static readonly string[] Ours = ["INPUT_", "STATE_", "ENDPOINT_AUTH_", "VSTS_TASKVARIABLE_"];

    /// <summary>What the program ended with, where it was a child.</summary>
    public ExitCode Ended { get; private set; }

    /// <returns>The failure, or null when the program ran as a child, however it ended.</returns>
    /// <exception cref="OperationCanceledException">The job was cancelled; the program was not started.</exception>
    public async Task<Failure?> RunAsync(CancellationToken cancellation)
    {
        if (!(await acquisition.RunAsync(cancellation).ConfigureAwait(false)).Succeeded(out var publication, out var failure))
        {
            return failure;
        }

        cancellation.ThrowIfCancellationRequested();
        var variables = surroundings.Variables.Where(variable => !IsOurs(variable.Key)).ToDictionary(StringComparer.Ordinal);
        foreach (var (name, value) in EnvironmentExports.Of(publication))
        {
            variables[name] = value;
        }

        if (!OperatingSystem.IsWindows())
        {
            return await MainThread.RunAsync(() => ProcessReplacement.Run(program, command, variables)).ConfigureAwait(false);
        }

        Ended = await ChildProgram.RunAsync(program, command.Skip(1), variables).ConfigureAwait(false);
        return null;
    }

    private static bool IsOurs(string variable) =>
        Array.Exists(Ours, prefix => variable.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        || InputCatalog.All.Any(input => !input.IsOptionOnly && variable.Equals(input.ScriptVariableName, StringComparison.OrdinalIgnoreCase));
}
