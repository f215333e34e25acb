using Ccaas.Action.Foundation;
using Ccaas.Action.Inputs;
using Ccaas.Action.Publishing;

namespace Ccaas.Action.Commands;

/// <summary>
/// Runs another program with a token in its environment, in place of the secrets that it was obtained with: those stay here.
/// </summary>
internal sealed class ExecCommand(TokenAcquisition acquisition, Surroundings surroundings, IReadOnlyList<string> command)
{
    /// <summary>What the program ended with.</summary>
    public ExitCode Ended { get; private set; }

    /// <returns>The failure, or null when the program ran, however it ended.</returns>
    /// <exception cref="OperationCanceledException">The job was cancelled; the program was not started.</exception>
    public async Task<Failure?> RunAsync(CancellationToken cancellation)
    {
        if (!(await acquisition.RunAsync(cancellation).ConfigureAwait(false)).Succeeded(out var publication, out var failure))
        {
            return failure;
        }

        cancellation.ThrowIfCancellationRequested();
        var variables = surroundings.Variables.ToDictionary(StringComparer.Ordinal);
        foreach (var name in InputCatalog.All.Where(input => input.IsSecret).SelectMany(input => input.VariableNames))
        {
            variables.Remove(name);
        }

        foreach (var (name, value) in EnvironmentExports.Of(publication))
        {
            variables[name] = value;
        }

        Ended = await ChildProgram.RunAsync(command, variables).ConfigureAwait(false);
        return null;
    }
}
