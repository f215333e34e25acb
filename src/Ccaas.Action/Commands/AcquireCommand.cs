namespace Ccaas.Action.Commands;

/// <summary>Hands a token to the steps that follow.</summary>
internal sealed class AcquireCommand(TokenRequest request, TokenAcquisition acquisition, ICiSystem system)
{
    /// <exception cref="FailureException">Nothing was published.</exception>
    /// <exception cref="OperationCanceledException">The job was cancelled; nothing was published.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var publication = await acquisition.RunAsync(cancellation);

        // The last moment to stop; what follows is done whole.
        cancellation.ThrowIfCancellationRequested();
        if (request.Install)
        {
            new ToolInstallation(system).Install();
        }

        system.Publish(publication);
    }
}

/// <summary>Prints a token for the script that asks: on standard output, and nothing else there.</summary>
internal sealed class GetCommand(TokenAcquisition acquisition, TextWriter output)
{
    /// <exception cref="FailureException">Nothing was printed.</exception>
    /// <exception cref="OperationCanceledException">The job was cancelled; nothing was printed.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var publication = await acquisition.RunAsync(cancellation);

        cancellation.ThrowIfCancellationRequested();
        await output.WriteAsync($"{publication.Token.Value.Reveal()}\n");
        await output.FlushAsync(CancellationToken.None);
    }
}
