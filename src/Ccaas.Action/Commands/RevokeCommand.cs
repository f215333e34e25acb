namespace Ccaas.Action.Commands;

/// <summary>Takes a token back, now: one that is given, or the one that a step of this job has kept.</summary>
internal sealed class RevokeCommand(TokenRequest request, Masker masker, Lazy<Servers> servers, JobCache? cache)
{
    /// <returns>The failure, or null when the token is good for nothing any more.</returns>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public async Task<Failure?> RunAsync(Secret token, CancellationToken cancellation)
    {
        if (!(await servers.Value.Discovery.FindAsync(request, revocationWanted: true, cancellation)).Succeeded(out var endpoints, out var failure))
        {
            return failure;
        }

        return RevocationTicket.For(request.Plan, endpoints, token, expiresAt: null) is { } ticket
            ? await RevokeAsync(ticket, cancellation)
            : RevocationFailures.NotOffered(request.Plan);
    }

    /// <summary>The same for what was kept; nothing is looked up again.</summary>
    public async Task<Failure?> RunAsync(string state, CancellationToken cancellation)
    {
        if (RevocationState.Open(state, request) is not { } ticket)
        {
            return RevocationFailures.StateDoesNotOpen;
        }

        // Here for the first time in this process; an answer may quote it.
        masker.Mask(ticket.Token);
        return await RevokeAsync(ticket, cancellation);
    }

    private async Task<Failure?> RevokeAsync(RevocationTicket ticket, CancellationToken cancellation)
    {
        // First, so that nobody takes it out of the cache while it ends; at worst, one more is requested.
        cache?.Forget();
        return await servers.Value.Revocation.RevokeAsync(ticket, cancellation);
    }
}

/// <summary>With <c>revoke</c>, sees to it that the token can be taken back at the job's end, before there is one and as soon as there is.</summary>
internal sealed class RevocationPromise(TokenRequest request, ICiSystem system, Lazy<Servers> servers)
{
    /// <returns>The endpoints, or why there are none, or none to take a token back at.</returns>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public async Task<Result<ServerEndpoints>> FindEndpointsAsync(CancellationToken cancellation)
    {
        var found = await servers.Value.Discovery.FindAsync(request, request.Revoke, cancellation);
        return request.Revoke && found.Succeeded(out var endpoints, out _) && RevocationTicket.For(request.Plan, endpoints, new Secret(""), null) is null
            // Before there is a token that would outlive the job against what was asked for.
            ? RevocationFailures.NotOfferedLater(request.Plan)
            : found;
    }

    /// <returns>Why the token cannot be kept for the job's end; null when it is, or need not be.</returns>
    public Failure? Keep(ServerEndpoints endpoints, AccessToken token)
    {
        if (!request.Revoke)
        {
            return null;
        }

        var ticket = RevocationTicket.For(request.Plan, endpoints, token.Value, token.Lifetime?.ExpiresAt)!;
        return system.Keep(RevocationState.Name, RevocationState.Seal(ticket, request));
    }
}
