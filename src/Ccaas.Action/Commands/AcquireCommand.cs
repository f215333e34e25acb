using Ccaas.Action.Foundation;
using Ccaas.Action.Http;
using Ccaas.Action.Masking;
using Ccaas.Action.OAuth;
using Ccaas.Action.Publishing;
using Ccaas.Action.Requests;
using Ccaas.Action.Revocation;
using Ccaas.Action.Systems;
using Ccaas.Action.Tokens;
using Ccaas.Action.Verification;

namespace Ccaas.Action.Commands;

/// <summary>The way of the data, station by station: request, exchange, token, masks, verification, publication.</summary>
internal sealed class AcquireCommand(
    TokenRequest request,
    ICiSystem system,
    Masker masker,
    ServerDiscovery discovery,
    TokenEndpoint tokenEndpoint,
    ApiLookup apiLookup,
    OrganizationCheck organizationCheck,
    TimeProvider time)
{
    /// <returns>The failure, or null when the token has been handed on.</returns>
    /// <exception cref="OperationCanceledException">The job was cancelled; nothing was handed on.</exception>
    public async Task<Failure?> RunAsync(CancellationToken cancellation)
    {
        var plan = request.Plan;
        if (!(await discovery.FindAsync(request, request.Revoke, cancellation).ConfigureAwait(false)).Succeeded(out var endpoints, out var failure))
        {
            return failure;
        }

        if (request.Revoke && RevocationTicket.For(plan, endpoints, new Secret(""), null) is null)
        {
            // Before there is a token that would outlive the job against what was asked for.
            return RevocationFailures.NotOfferedLater(plan);
        }

        var region = plan.Region.Length > 0 ? $", region {plan.Region}," : "";
        var proxy = new TlsOnlyProxy(request.Network.Proxy).On(endpoints.Token) is { } authority ? $", through the proxy {authority}" : "";
        system.Info($"Requesting an access token of {plan.ProviderTitle}{region} from {endpoints.Token.GetLeftPart(UriPartial.Path)}{proxy}");

        if (!(await tokenEndpoint.RequestAsync(plan, endpoints.Token, cancellation).ConfigureAwait(false)).Succeeded(out var issued, out failure))
        {
            return failure;
        }

        // Before anything else is said: from here on every line could hold one of them.
        masker.Mask(issued.Token.Value);
        foreach (var companion in issued.Companions)
        {
            masker.Mask(companion);
        }

        system.Info($"Obtained access token {issued.Token.Fingerprint}, {Expiry(issued.Token)}");
        // At once, so that whatever happens from here on, the token does not outlive the job.
        if (request.Revoke && KeepForRevocation(endpoints, issued.Token) is { } notKept)
        {
            return notKept;
        }

        WarnOfLifetime(issued);
        WarnOfMissingScopes(issued);
        return await PublishAsync(issued, cancellation).ConfigureAwait(false);
    }

    private async Task<Failure?> PublishAsync(IssuedToken issued, CancellationToken cancellation)
    {
        if (!(await apiLookup.FindAsync(request.Plan, issued, cancellation).ConfigureAwait(false)).Succeeded(out var api, out var failure))
        {
            return failure;
        }

        Organization? organization = null;
        if (request.Organization.Wanted)
        {
            var answer = await organizationCheck.AskAsync(request.Plan, issued, api, request.Organization.AllowedOrganizations, cancellation).ConfigureAwait(false);
            if (!answer.Succeeded(out organization, out failure))
            {
                return failure;
            }

            system.Info($"The token belongs to {organization.Shown}");
        }

        // The last moment to stop; what follows is done whole.
        cancellation.ThrowIfCancellationRequested();
        return system.Publish(new Publication(request, issued.Token, issued.Attempts, api, organization));
    }

    private Failure? KeepForRevocation(ServerEndpoints endpoints, AccessToken token)
    {
        var ticket = RevocationTicket.For(request.Plan, endpoints, token.Value, token.Lifetime?.ExpiresAt)!;
        return system.Keep(RevocationState.Name, RevocationState.Seal(ticket, request));
    }

    private void WarnOfLifetime(IssuedToken issued)
    {
        if (issued.LifetimeNotUnderstood)
        {
            system.Warning("Lifetime not understood", "The server's expires_in is no number of seconds above zero; expires-in and expires-at stay empty.");
        }

        if (issued.Token.Lifetime is { } lifetime && lifetime.Left(time) < request.MinimumValidity)
        {
            system.Warning("Short-lived token",
                $"The new token lasts {Durations.Describe(lifetime.Total)}, less than minimum-validity ({Durations.Describe(request.MinimumValidity)}). Lower that, or raise the token's duration at the vendor.");
        }
    }

    // RFC 6749 §3.3: a server may grant less than was asked for, and then must say so; calls fail later for want of it.
    private void WarnOfMissingScopes(IssuedToken issued)
    {
        var asked = request.Plan.Grant.Fields.FirstOrDefault(sent => sent.Name == "scope")?.Text ?? "";
        var missing = asked.Split(' ', StringSplitOptions.RemoveEmptyEntries).Except((issued.Scope ?? asked).Split(' '), StringComparer.Ordinal).Count();
        if (missing > 0)
        {
            system.Warning("Fewer scopes than asked for", $"The server granted the token without {missing} of the scopes in scope; calls that need them will be refused. Check which scopes the client may have.");
        }
    }

    private static string Expiry(AccessToken token) => token.Lifetime is { } lifetime
        ? $"expires {lifetime.ShownExpiry}, after {Durations.Describe(lifetime.Total)}"
        : "expiry not told by the server";
}
