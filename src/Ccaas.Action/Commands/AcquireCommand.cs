namespace Ccaas.Action.Commands;

/// <summary>Hands a token to the steps that follow.</summary>
internal sealed class AcquireCommand(TokenRequest request, TokenAcquisition acquisition, ICiSystem system)
{
    /// <returns>The failure, or null when the token has been handed on.</returns>
    /// <exception cref="OperationCanceledException">The job was cancelled; nothing was handed on.</exception>
    public async Task<Failure?> RunAsync(CancellationToken cancellation)
    {
        if (!(await acquisition.RunAsync(cancellation)).Succeeded(out var publication, out var failure))
        {
            return failure;
        }

        // The last moment to stop; what follows is done whole.
        cancellation.ThrowIfCancellationRequested();
        return request.Install && new ToolInstallation(system).Install() is { } notInstalled ? notInstalled : system.Publish(publication);
    }
}

/// <summary>Prints a token for the script that asks: on standard output, and nothing else there.</summary>
internal sealed class GetCommand(TokenAcquisition acquisition, TextWriter output)
{
    /// <returns>The failure, or null when the token has been printed.</returns>
    /// <exception cref="OperationCanceledException">The job was cancelled; nothing was printed.</exception>
    public async Task<Failure?> RunAsync(CancellationToken cancellation)
    {
        if (!(await acquisition.RunAsync(cancellation)).Succeeded(out var publication, out var failure))
        {
            return failure;
        }

        cancellation.ThrowIfCancellationRequested();
        await output.WriteAsync($"{publication.Token.Value.Reveal()}\n");
        await output.FlushAsync(CancellationToken.None);
        return null;
    }
}
