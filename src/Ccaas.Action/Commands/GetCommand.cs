using Ccaas.Action.Foundation;

namespace Ccaas.Action.Commands;

/// <summary>Prints a token for the script that asks: on standard output, and nothing else there.</summary>
internal sealed class GetCommand(TokenAcquisition acquisition, TextWriter output)
{
    /// <returns>The failure, or null when the token has been printed.</returns>
    /// <exception cref="OperationCanceledException">The job was cancelled; nothing was printed.</exception>
    public async Task<Failure?> RunAsync(CancellationToken cancellation)
    {
        if (!(await acquisition.RunAsync(cancellation).ConfigureAwait(false)).Succeeded(out var publication, out var failure))
        {
            return failure;
        }

        cancellation.ThrowIfCancellationRequested();
        await output.WriteAsync($"{publication.Token.Value.Reveal()}\n").ConfigureAwait(false);
        await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        return null;
    }
}
