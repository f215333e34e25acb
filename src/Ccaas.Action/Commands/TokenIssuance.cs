namespace Ccaas.Action.Commands;

/// <summary>A token from the authorization server: discovery, exchange, masks, warnings, and where it is good for something.</summary>
internal sealed class TokenIssuance(TokenRequest request, ICiSystem system, Lazy<Servers> servers, RevocationRegistration revocation)
{
    /// <exception cref="OperationCanceledException">The job was cancelled; nothing was published.</exception>
    public async Task<CachedToken> RequestAsync(CancellationToken cancellation)
    {
        var plan = request.Plan;
        var endpoints = await revocation.FindEndpointsAsync(cancellation);

        var region = plan.Region.Length > 0 ? $", region {plan.Region}," : "";
        var proxy = new TlsOnlyProxy(request.Http.Network).On(endpoints.Token) is { } authority ? $", through the proxy {authority}" : "";
        system.Info($"Requesting an access token of {plan.ProviderTitle}{region} from {PlainText.Host(endpoints.Token)}{proxy}");

        var issued = await servers.Value.TokenEndpoint.RequestAsync(plan, endpoints.Token, cancellation);
        system.Info($"Obtained access token {issued.Token.Fingerprint}, {Expiry(issued.Token)}");
        // At once, so that whatever happens from here on, the token does not outlive the job.
        revocation.Save(endpoints, issued.Token);
        WarnOfLifetime(issued);
        WarnOfMissingScopes(issued);
        var api = await servers.Value.ApiLookup.FindAsync(plan, issued, cancellation);
        return new CachedToken(issued, api, TokenSource.Issued);
    }

    private void WarnOfLifetime(TokenResponse issued)
    {
        if (issued.LifetimeNotUnderstood)
        {
            system.Warning("Lifetime not understood", "The server's expires_in is no number of seconds above zero; expires-in and expires-at stay empty.");
        }

        if (issued.Token.Lifetime is { } lifetime && lifetime.Total < request.MinimumValidity)
        {
            var (lasts, wanted) = Durations.DescribeApart(lifetime.Total, request.MinimumValidity);
            system.Warning("Short-lived token",
                $"The new token lasts {lasts}, less than minimum-validity ({wanted}). Lower that, or raise the token's duration at the vendor.");
        }
    }

    // RFC 6749 §3.3: a server may grant less than was asked for, and then must say so; calls fail later for want of it.
    private void WarnOfMissingScopes(TokenResponse issued)
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
