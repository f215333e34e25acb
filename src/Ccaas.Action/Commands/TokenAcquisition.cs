namespace Ccaas.Action.Commands;

/// <summary>The way of the data up to a token that may be published: one that is there already, or a fresh one; its organization; what others get of it.</summary>
internal sealed class TokenAcquisition(
    TokenRequest request, ICiSystem system, Masker masker, TokenReuse reuse, Lazy<Servers> servers, TimeProvider time)
{
    private readonly RevocationRegistration _revocation = new(request, system, servers);

    /// <exception cref="OperationCanceledException">The job was cancelled; nothing was published.</exception>
    public async Task<Publication> RunAsync(CancellationToken cancellation)
    {
        if (await reuse.FindAsync(cancellation) is { } held)
        {
            try
            {
                return await ReuseAsync(held, cancellation);
            }
            catch (FailureException failure) when (failure.ExitCode == ExitCode.CredentialsRefused && request.HasCredentials)
            {
                // Somebody has revoked it, or its client has got another secret.
                system.Info("The token is no longer accepted; requesting another");
                reuse.Invalidate();
            }
        }

        return await IssueAsync(cancellation);
    }

    private async Task<Publication> ReuseAsync(CachedToken held, CancellationToken cancellation)
    {
        // Before anything else is said, as with a fresh one.
        masker.Mask(held.Issued.Token.Value);
        if (held.Issued.IdToken is { } idToken)
        {
            masker.Mask(idToken);
        }

        var lifetime = held.Issued.Token.Lifetime!;
        system.Info($"Using access token {held.Issued.Token.Fingerprint} {SummaryRow.Words(held.Source)}, expires {lifetime.ShownExpiry}, in {Durations.Describe(lifetime.Remaining(time))}");
        if (request.Revoke)
        {
            _revocation.Keep(await _revocation.FindEndpointsAsync(cancellation), held.Issued.Token);
        }

        return await CheckAsync(held, cancellation);
    }

    private async Task<Publication> IssueAsync(CancellationToken cancellation)
    {
        var issuance = new TokenIssuance(request, system, servers, _revocation);
        var issued = await issuance.RequestAsync(cancellation);
        await reuse.KeepAsync(issued, cancellation);
        return await CheckAsync(issued, cancellation);
    }

    private async Task<Publication> CheckAsync(CachedToken held, CancellationToken cancellation)
    {
        Organization? organization = null;
        if (request.Organization.Wanted)
        {
            organization = await servers.Value.OrganizationCheck.AskAsync(request.Plan, held.Issued, held.Api, request.Organization.AllowedOrganizations, cancellation);
            system.Info($"The token belongs to {organization.Shown}");
        }

        return new Publication(request, held.Issued.Token, held.Issued.Attempts, held.Api, organization)
        {
            Source = held.Source,
            SealedToken = reuse.Seal(held),
        };
    }
}

/// <summary>What is asked of servers. Put together only when something is.</summary>
internal sealed record Servers(HttpExchange Http, ServerDiscovery Discovery, TokenEndpoint TokenEndpoint, ApiLookup ApiLookup, OrganizationCheck OrganizationCheck, TokenRevocation Revocation);
