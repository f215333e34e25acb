namespace Ccaas.Action.Commands;

/// <summary>The way of the data up to a token that may be published: one that is there already, or a fresh one; its organization; what others get of it.</summary>
internal sealed class TokenAcquisition(
    TokenRequest request, ICiSystem system, Masker masker, TokenReuse reuse, Lazy<Servers> servers, TimeProvider time)
{
    private readonly RevocationRegistration _revocation = new(request, system, servers);

    /// <exception cref="OperationCanceledException">The job was cancelled; nothing was published.</exception>
    public async Task<Publication> RunAsync(CancellationToken cancellation)
    {
        if (await reuse.FindAsync(cancellation) is { } cached)
        {
            try
            {
                return await ReuseAsync(cached, cancellation);
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

    private async Task<Publication> ReuseAsync(CachedToken cached, CancellationToken cancellation)
    {
        // Before anything else is said, as with a fresh one.
        masker.Mask(cached.Issued.Token.Value);
        if (cached.Issued.IdToken is { } idToken)
        {
            masker.Mask(idToken);
        }

        var lifetime = cached.Issued.Token.Lifetime!;
        system.Info($"Using access token {cached.Issued.Token.Fingerprint} {SummaryRow.Words(cached.Source)}, expires {lifetime.ShownExpiry}, in {Durations.Describe(lifetime.Remaining(time))}");
        if (request.Revoke)
        {
            _revocation.Save(await _revocation.FindEndpointsAsync(cancellation), cached.Issued.Token);
        }

        return await CheckAsync(cached, cancellation);
    }

    private async Task<Publication> IssueAsync(CancellationToken cancellation)
    {
        var issuance = new TokenIssuance(request, system, servers, _revocation);
        var issued = await issuance.RequestAsync(cancellation);
        await reuse.SaveAsync(issued, cancellation);
        return await CheckAsync(issued, cancellation);
    }

    private async Task<Publication> CheckAsync(CachedToken cached, CancellationToken cancellation)
    {
        Organization? organization = null;
        if (request.Organization.Wanted)
        {
            organization = await servers.Value.OrganizationCheck.AskAsync(request.Plan, cached.Issued, cached.Api, request.Organization.AllowedOrganizations, cancellation);
            system.Info($"The token belongs to {organization.Shown}");
        }

        return new Publication(request, cached.Issued.Token, cached.Issued.Attempts, cached.Api, organization)
        {
            Source = cached.Source,
            SealedToken = reuse.Seal(cached),
        };
    }
}

/// <summary>What is asked of servers. Put together only when something is.</summary>
internal sealed record Servers(HttpExchange Http, ServerDiscovery Discovery, TokenEndpoint TokenEndpoint, ApiLookup ApiLookup, OrganizationCheck OrganizationCheck, TokenRevocation Revocation);
