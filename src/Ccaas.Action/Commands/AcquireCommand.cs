using Ccaas.Action.Foundation;
using Ccaas.Action.Requests;
using Ccaas.Action.Systems;

namespace Ccaas.Action.Commands;

/// <summary>Hands a token to the steps that follow.</summary>
internal sealed class AcquireCommand(TokenRequest request, TokenAcquisition acquisition, ICiSystem system)
{
    /// <returns>The failure, or null when the token has been handed on.</returns>
    /// <exception cref="OperationCanceledException">The job was cancelled; nothing was handed on.</exception>
    public async Task<Failure?> RunAsync(CancellationToken cancellation)
    {
        if (!(await acquisition.RunAsync(cancellation).ConfigureAwait(false)).Succeeded(out var publication, out var failure))
        {
            return failure;
        }

        // The last moment to stop; what follows is done whole.
        cancellation.ThrowIfCancellationRequested();
        return request.Install && new ToolInstallation(system).Install() is { } notInstalled ? notInstalled : system.Publish(publication);
    }
}
