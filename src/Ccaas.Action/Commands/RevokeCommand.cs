using Ccaas.Action.Foundation;
using Ccaas.Action.Masking;
using Ccaas.Action.Requests;
using Ccaas.Action.Reuse;
using Ccaas.Action.Revocation;

namespace Ccaas.Action.Commands;

/// <summary>Takes a token back, now: one that is given, or the one that a step of this job has kept.</summary>
internal sealed class RevokeCommand(TokenRequest request, Masker masker, Lazy<Servers> servers, JobCache? cache)
{
    /// <returns>The failure, or null when the token is good for nothing any more.</returns>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public async Task<Failure?> RunAsync(Secret token, CancellationToken cancellation)
    {
        if (!(await servers.Value.Discovery.FindAsync(request, revocationWanted: true, cancellation).ConfigureAwait(false)).Succeeded(out var endpoints, out var failure))
        {
            return failure;
        }

        return RevocationTicket.For(request.Plan, endpoints, token, expiresAt: null) is { } ticket
            ? await RevokeAsync(ticket, cancellation).ConfigureAwait(false)
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
        return await RevokeAsync(ticket, cancellation).ConfigureAwait(false);
    }

    private async Task<Failure?> RevokeAsync(RevocationTicket ticket, CancellationToken cancellation)
    {
        // First, so that nobody takes it out of the cache while it ends; at worst, one more is requested.
        cache?.Forget();
        return await servers.Value.Revocation.RevokeAsync(ticket, cancellation).ConfigureAwait(false);
    }
}
