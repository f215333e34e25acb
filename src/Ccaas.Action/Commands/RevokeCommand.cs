namespace Ccaas.Action.Commands;

/// <summary>Revokes a token: the one that is given, or in the post step the one of the step.</summary>
internal sealed class RevokeCommand(TokenRequest request, Masker masker, Lazy<Servers> servers, JobCache? cache)
{
    /// <exception cref="FailureException">The token may still be valid.</exception>
    /// <exception cref="OperationCanceledException">The job was canceled.</exception>
    public async Task RunAsync(Secret token, CancellationToken cancellation)
    {
        var endpoints = await servers.Value.Discovery.FindAsync(request, revocationWanted: true, cancellation);
        var tokenToRevoke = TokenToRevokeLater.For(request.Plan, endpoints, token, expiresAt: null)
            ?? throw RevocationFailures.NotOffered(request.Plan);
        await RevokeAsync(tokenToRevoke, cancellation);
    }

    /// <inheritdoc cref="RunAsync(Secret, CancellationToken)" path="exception"/>
    public async Task RunAsync(string state, CancellationToken cancellation)
    {
        var tokenToRevoke = RevocationState.Open(state, request) ?? throw RevocationFailures.StateDoesNotOpen;
        // A response may quote the token.
        masker.Mask(tokenToRevoke.Token);
        await RevokeAsync(tokenToRevoke, cancellation);
    }

    private async Task RevokeAsync(TokenToRevokeLater tokenToRevoke, CancellationToken cancellation)
    {
        // Before the revocation, so that no other process takes the token from the cache meanwhile.
        cache?.Invalidate();
        await servers.Value.Revocation.RevokeAsync(tokenToRevoke, cancellation);
    }
}
