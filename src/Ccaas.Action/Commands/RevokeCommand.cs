namespace Ccaas.Action.Commands;

/// <summary>Revokes a token, now: one that is given, or the one that a step of this job has kept.</summary>
internal sealed class RevokeCommand(TokenRequest request, Masker masker, Lazy<Servers> servers, JobCache? cache)
{
    /// <exception cref="FailureException">The token may still be valid.</exception>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public async Task RunAsync(Secret token, CancellationToken cancellation)
    {
        var endpoints = await servers.Value.Discovery.FindAsync(request, revocationWanted: true, cancellation);

        await RevokeAsync(TokenToRevokeLater.For(request.Plan, endpoints, token, expiresAt: null) ?? throw RevocationFailures.NotOffered(request.Plan), cancellation);
    }

    /// <summary>The same for what was kept; nothing is looked up again.</summary>
    public async Task RunAsync(string state, CancellationToken cancellation)
    {
        var ticket = RevocationState.Open(state, request) ?? throw RevocationFailures.StateDoesNotOpen;

        // Here for the first time in this process; an answer may quote it.
        masker.Mask(ticket.Token);
        await RevokeAsync(ticket, cancellation);
    }

    private async Task RevokeAsync(TokenToRevokeLater ticket, CancellationToken cancellation)
    {
        // First, so that nobody takes it out of the cache while it ends; at worst, one more is requested.
        cache?.Invalidate();
        await servers.Value.Revocation.RevokeAsync(ticket, cancellation);
    }
}

/// <summary>With <c>revoke</c>, sees to it that the token can be revoked at the job's end, before there is one and as soon as there is.</summary>
internal sealed class RevocationRegistration(TokenRequest request, ICiSystem system, Lazy<Servers> servers)
{
    /// <exception cref="FailureException">There are no endpoints, or none to revoke a token at.</exception>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public async Task<ServerEndpoints> FindEndpointsAsync(CancellationToken cancellation)
    {
        var endpoints = await servers.Value.Discovery.FindAsync(request, request.Revoke, cancellation);
        if (request.Revoke && TokenToRevokeLater.For(request.Plan, endpoints, new Secret(""), null) is null)
        {
            // Before there is a token that would outlive the job against what was asked for.
            throw RevocationFailures.NotOfferedLater(request.Plan);
        }

        return endpoints;
    }

    /// <exception cref="FailureException">The state cannot be written.</exception>
    public void Save(ServerEndpoints endpoints, AccessToken token)
    {
        if (request.Revoke)
        {
            var ticket = TokenToRevokeLater.For(request.Plan, endpoints, token.Value, token.Lifetime?.ExpiresAt)!;
            system.SaveState(RevocationState.Name, RevocationState.Seal(ticket, request));
        }
    }
}
