namespace Ccaas.Action.Commands;

/// <summary>Obtains a token, cached or new, for <c>acquire</c>, <c>get</c> and <c>exec</c>, and checks its organization.</summary>
internal sealed class TokenAcquisition(
    TokenRequest request, ICiSystem system, Masker masker, TokenReuse reuse, Lazy<Servers> servers, TimeProvider time)
{
    /// <exception cref="FailureException">There is no token to publish.</exception>
    /// <exception cref="OperationCanceledException">The job was canceled.</exception>
    public async Task<Publication> RunAsync(CancellationToken cancellation)
    {
        if (await reuse.FindAsync(cancellation) is { } cached)
        {
            try
            {
                await UseCachedAsync(cached, cancellation);
                return await CheckAsync(cached, cancellation);
            }
            catch (FailureException failure) when (failure.ExitCode == ExitCode.CredentialsRefused && request.HasCredentials)
            {
                // The token was revoked, or the client's secret has been changed.
                system.Info("The token is no longer accepted; requesting another");
                reuse.Invalidate();
            }
        }

        var issued = await RequestAsync(cancellation);
        await reuse.SaveAsync(issued, cancellation);
        return await CheckAsync(issued, cancellation);
    }

    private async Task UseCachedAsync(CachedToken cached, CancellationToken cancellation)
    {
        // Before any other line is printed, as for a new token.
        var token = cached.Issued.Token;
        masker.Mask(token.Value);
        if (cached.Issued.IdToken is { } idToken)
        {
            masker.Mask(idToken);
        }

        var lifetime = token.Lifetime!;
        system.Info($"Using access token {token.Fingerprint} {SummaryRow.SourceText(cached.Source)}, "
            + $"expires {lifetime.ShownExpiry}, in {Durations.Describe(lifetime.Remaining(time))}");
        if (request.Revoke)
        {
            SaveRevocationState(await FindEndpointsAsync(cancellation), token);
        }
    }

    private async Task<CachedToken> RequestAsync(CancellationToken cancellation)
    {
        var plan = request.Plan;
        var endpoints = await FindEndpointsAsync(cancellation);

        var region = plan.Region.Length > 0 ? $", region {plan.Region}," : "";
        var proxy = new TlsOnlyProxy(request.Http.Network).On(endpoints.Token) is { } authority ? $", through the proxy {authority}" : "";
        system.Info($"Requesting an access token of {plan.ProviderTitle}{region} from {PlainText.Host(endpoints.Token)}{proxy}");

        var issued = await servers.Value.TokenEndpoint.RequestAsync(plan, endpoints.Token, cancellation);
        var expiry = issued.Token.Lifetime is { } lifetime
            ? $"expires {lifetime.ShownExpiry}, after {Durations.Describe(lifetime.Total)}"
            : "expiry not told by the server";
        system.Info($"Obtained access token {issued.Token.Fingerprint}, {expiry}");
        if (request.Revoke)
        {
            // At once, so that the token is revoked at the end of the job whatever happens next.
            SaveRevocationState(endpoints, issued.Token);
        }

        WarnAboutLifetime(issued);
        WarnAboutMissingScopes(issued);
        var api = await servers.Value.ApiLookup.FindAsync(plan, issued, cancellation);
        return new CachedToken(issued, api, TokenSource.Issued);
    }

    private async Task<Publication> CheckAsync(CachedToken token, CancellationToken cancellation)
    {
        Organization? organization = null;
        if (request.Organization.Wanted)
        {
            organization = await servers.Value.OrganizationCheck.CheckAsync(
                request.Plan, token.Issued, token.Api, request.Organization.AllowedOrganizations, cancellation);
            system.Info($"The token belongs to {organization.Shown}");
        }

        return new Publication(request, token.Issued.Token, token.Issued.Attempts, token.Api, organization)
        {
            Source = token.Source,
            SealedToken = reuse.Seal(token),
        };
    }

    private async Task<ServerEndpoints> FindEndpointsAsync(CancellationToken cancellation)
    {
        var endpoints = await servers.Value.Discovery.FindAsync(request, request.Revoke, cancellation);
        if (request.Revoke && TokenToRevokeLater.For(request.Plan, endpoints, new Secret(""), null) is null)
        {
            // Before the token request: nothing could revoke the token.
            throw RevocationFailures.NotOfferedLater(request.Plan);
        }

        return endpoints;
    }

    private void SaveRevocationState(ServerEndpoints endpoints, AccessToken token)
    {
        var tokenToRevoke = TokenToRevokeLater.For(request.Plan, endpoints, token.Value, token.Lifetime?.ExpiresAt)!;
        system.SaveState(RevocationState.Name, RevocationState.Seal(tokenToRevoke, request));
    }

    private void WarnAboutLifetime(TokenResponse issued)
    {
        if (issued.LifetimeNotUnderstood)
        {
            system.Warning(
                "Lifetime not understood",
                "The server's expires_in is no number of seconds above zero; expires-in and expires-at stay empty.");
        }

        if (issued.Token.Lifetime is { } lifetime && lifetime.Total < request.MinimumValidity)
        {
            var (lasts, wanted) = Durations.DescribeApart(lifetime.Total, request.MinimumValidity);
            system.Warning(
                "Short-lived token",
                $"The new token lasts {lasts}, less than minimum-validity ({wanted}). "
                + "Lower that, or raise the token's duration at the vendor.");
        }
    }

    // RFC 6749 §3.3: a server that grants fewer scopes than requested must say so. API calls would fail later.
    private void WarnAboutMissingScopes(TokenResponse issued)
    {
        var requested = request.Plan.Grant.Fields.FirstOrDefault(field => field.Name == "scope")?.Text ?? "";
        var granted = (issued.Scope ?? requested).Split(' ');
        var missing = requested.Split(' ', StringSplitOptions.RemoveEmptyEntries).Except(granted, StringComparer.Ordinal).Count();
        if (missing > 0)
        {
            system.Warning(
                "Fewer scopes than asked for",
                $"The server granted the token without {missing} of the scopes in scope; calls that need them will be refused. "
                + "Check which scopes the client may have.");
        }
    }
}

/// <summary>Everything that sends requests.</summary>
internal sealed record Servers(
    HttpExchange Http, ServerDiscovery Discovery, TokenEndpoint TokenEndpoint, ApiLookup ApiLookup, OrganizationCheck OrganizationCheck,
    TokenRevocation Revocation);
