namespace Ccaas.Action.Commands;

/// <summary>The commands <c>acquire</c>, <c>get</c> and <c>exec</c>: a token that is published, printed, or passed to a command.</summary>
internal sealed class TokenCommand(TokenRequest request, TokenAcquisition acquisition, ICiSystem system, ProcessEnvironment environment)
{
    /// <returns>For <c>exec</c> on Windows, the exit code of the command. Elsewhere <c>exec</c> does not return.</returns>
    /// <exception cref="FailureException">Nothing was published or printed, and no command was started.</exception>
    /// <exception cref="OperationCanceledException">The job was canceled; the same.</exception>
    public async Task<ExitCode> RunAsync(ParsedCommand command, CancellationToken cancellation)
    {
        var publication = await acquisition.RunAsync(cancellation);
        // Not canceled from here on: the rest is done completely.
        cancellation.ThrowIfCancellationRequested();
        switch (command.Verb)
        {
            case Verb.Get:
                await environment.Output.WriteAsync($"{publication.Token.Value.Reveal()}\n");
                await environment.Output.FlushAsync(CancellationToken.None);
                break;
            case Verb.Exec:
                return await ExecCommand.RunAsync(command, environment, EnvironmentExports.Of(publication));
            default:
                if (request.Install)
                {
                    ToolInstallation.Install(system);
                }

                system.Publish(publication);
                break;
        }

        return ExitCode.Done;
    }
}
