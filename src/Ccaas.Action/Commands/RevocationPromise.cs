using Ccaas.Action.Foundation;
using Ccaas.Action.OAuth;
using Ccaas.Action.Requests;
using Ccaas.Action.Revocation;
using Ccaas.Action.Systems;
using Ccaas.Action.Tokens;

namespace Ccaas.Action.Commands;

/// <summary>With <c>revoke</c>, sees to it that the token can be taken back at the job's end, before there is one and as soon as there is.</summary>
internal sealed class RevocationPromise(TokenRequest request, ICiSystem system, Lazy<Servers> servers)
{
    /// <returns>The endpoints, or why there are none, or none to take a token back at.</returns>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public async Task<Result<ServerEndpoints>> FindEndpointsAsync(CancellationToken cancellation)
    {
        var found = await servers.Value.Discovery.FindAsync(request, request.Revoke, cancellation).ConfigureAwait(false);
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
