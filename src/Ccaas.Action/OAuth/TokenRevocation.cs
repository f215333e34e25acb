namespace Ccaas.Action.OAuth;

/// <summary>
/// Revokes a token: by RFC 7009 or in the vendor's own way. A success of RFC 7009 says only that the request was accepted (§2.2),
/// so the server is asked about the token where that is possible (docs/decisions/0022-revocation-is-verified.md).
/// </summary>
internal sealed class TokenRevocation(TokenPlan plan, HttpExchange http, ResponseErrors refusals, Masker masker, Deadline deadline, IRunLog log, TimeProvider time)
{
    private const string Purpose = "the request to revoke the token";

    private static readonly TimeSpan LongestCheck = TimeSpan.FromSeconds(5);

    /// <exception cref="FailureException">The token may still be valid.</exception>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public async Task RevokeAsync(TokenToRevokeLater ticket, CancellationToken cancellation)
    {
        var fingerprint = new AccessToken(ticket.Token, null).Fingerprint;
        if (ticket.ExpiresAt <= time.GetUtcNow())
        {
            log.Info($"Access token {fingerprint} has expired by itself; there is nothing to revoke");
            return;
        }

        // A client that may not introspect is told "not active" of every token (RFC 7662 §2.2), which then proves nothing.
        var wasActive = ticket.IsVendorsOwn || await IsActiveAsync(ticket, cancellation) == true;

        using var request = new HttpRequestMessage(ticket.IsVendorsOwn ? HttpMethod.Delete : HttpMethod.Post, ticket.Address);
        var report = new AttemptInfo("Revocation")
        {
            KnownErrors = ticket.IsVendorsOwn ? plan.ApiErrors : plan.TokenErrors,
            Prepare = each => Prepare(each, ticket),
        };
        var reply = await http.SendAsync(request, report, cancellation);
        if (reply.IsSuccess)
        {
            LogResult(PlainText.Host(ticket.Address), fingerprint, wasActive ? await IsActiveAsync(ticket, cancellation) : null);
            return;
        }

        var failure = refusals.Explain(reply, ticket.Address, Purpose);
        if (!IsGone(reply, failure, ticket))
        {
            throw failure;
        }

        log.Info($"Access token {fingerprint} was no longer valid; there is nothing to revoke");
    }

    private void LogResult(string host, string fingerprint, bool? isActive)
    {
        if (isActive is true)
        {
            log.Warning("The access token is still valid",
                $"{host} accepted the revocation of access token {fingerprint}, but says that the token is still active. The client may not be allowed to revoke: check its rights at the server; else the token ends when it expires.");
            return;
        }

        log.Info(isActive is false
            ? $"Revoked access token {fingerprint}; {host} confirms that it is no longer valid"
            : $"{host} accepted the revocation of access token {fingerprint}; nothing confirms that the token is no longer valid");
    }

    private void Prepare(HttpRequestMessage request, TokenToRevokeLater ticket)
    {
        if (ticket.IsVendorsOwn)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(AccessToken.Type, ticket.Token.Reveal());
            return;
        }

        // No token_type_hint: servers look for access tokens first without it, and some refuse what they do not know.
        var form = new TokenGrant([GrantField.Of("token", ticket.Token)]);
        var client = plan.RevokesWithoutClient ? null : plan.Client;
        request.Content = RequestBody.Of(form, ClientAuthentication.Apply(client, request, ticket.TokenEndpoint, masker, time.GetUtcNow()));
    }

    /// <returns>What introspection says (RFC 7662 §2.2), or the vendor's API to the token itself; null where nothing tells.</returns>
    private async Task<bool?> IsActiveAsync(TokenToRevokeLater ticket, CancellationToken cancellation)
    {
        if ((ticket.IsVendorsOwn ? ticket.Address : ticket.Introspection) is not { } address)
        {
            return null;
        }

        // Asked once, and with a share of the time that is left, so that this neither delays nor fails the revocation.
        using var limit = new CancellationTokenSource(TimeSpan.FromTicks(Math.Clamp(deadline.Remaining.Ticks / 4, 0, LongestCheck.Ticks)), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        using var request = new HttpRequestMessage(ticket.IsVendorsOwn ? HttpMethod.Get : HttpMethod.Post, address);
        var report = new AttemptInfo(ticket.IsVendorsOwn ? "Token check" : "Introspection") { MaxAttempts = 1, Prepare = each => Prepare(each, ticket) };
        try
        {
            var reply = await http.SendAsync(request, report, either.Token);
            if (ticket.IsVendorsOwn)
            {
                return reply.IsSuccess ? true : reply.Status == HttpStatusCode.Unauthorized ? false : null;
            }

            var active = reply.IsSuccess
                ? JsonField.Read(reply.Body, root => root.TryGetProperty("active", out var value) ? value.ValueKind.ToString() : null)
                : null;
            return active switch { nameof(JsonValueKind.True) => true, nameof(JsonValueKind.False) => false, _ => null };
        }
        catch (Exception exception) when (exception is FailureException or OperationCanceledException)
        {
            return null;
        }
    }

    // A token that proves nothing any more is refused like any wrong one. By RFC 7009 §2.2 that would be a success; some
    // servers have an error for it.
    private static bool IsGone(HttpReply reply, FailureException failure, TokenToRevokeLater ticket) => ticket.IsVendorsOwn
        ? reply.Status == HttpStatusCode.Unauthorized && failure.ExitCode == ExitCode.CredentialsRefused
        : reply.Error.Code == "invalid_token";
}

/// <summary>Everything that is needed later to revoke a token.</summary>
/// <param name="Token">The token.</param>
/// <param name="Address">Where it is revoked.</param>
/// <param name="IsVendorsOwn">By DELETE with the token as Bearer; else by RFC 7009.</param>
/// <param name="TokenEndpoint">For whom a client's assertion is made.</param>
/// <param name="ExpiresAt">When the token ends by itself, UTC; null when that is not known.</param>
internal sealed record TokenToRevokeLater(Secret Token, Uri Address, bool IsVendorsOwn, Uri TokenEndpoint, DateTimeOffset? ExpiresAt)
{
    /// <inheritdoc cref="ServerEndpoints.Introspection"/>
    public Uri? Introspection { get; init; }

    /// <returns>Null when the provider offers no way that is known.</returns>
    public static TokenToRevokeLater? For(TokenPlan plan, ServerEndpoints endpoints, Secret token, DateTimeOffset? expiresAt) => plan switch
    {
        _ when endpoints.Revocation is { } address => new(token, address, IsVendorsOwn: false, endpoints.Token, expiresAt) { Introspection = endpoints.Introspection },
        { RevocationPath: { } path, Api.Base: { } api } => new(token, new VendorApi(api, "").Below(path), IsVendorsOwn: true, endpoints.Token, expiresAt),
        _ => null,
    };
}

/// <summary>What keeps a token from being revoked before anybody is asked to.</summary>
internal static class RevocationFailures
{
    /// <summary>Found out before a token is requested.</summary>
    public static FailureException NotOfferedLater(TokenPlan plan) => new(ExitCode.Inputs, "The token could not be revoked later",
        $"revoke is on, but the metadata of {PlainText.Host(plan.Server.IssuerAddress!)} names no revocation_endpoint; no token was requested.",
        $"{plan.ProviderTitle} offers no way to revoke a token.",
        "leave revoke out and set a short token duration at the vendor; or give the server's endpoint for it in revocation-url.",
        "the-token-could-not-be-revoked");

    /// <summary>Found out with the token at hand.</summary>
    public static FailureException NotOffered(TokenPlan plan) => new(ExitCode.Inputs, "The token could not be revoked",
        $"The metadata of {PlainText.Host(plan.Server.IssuerAddress!)} names no revocation_endpoint; the token was sent nowhere and is still valid.",
        $"{plan.ProviderTitle} offers no way to revoke a token.",
        "give the server's endpoint for it in revocation-url; or wait until the token expires.",
        "the-token-could-not-be-revoked");

    public static FailureException StateDoesNotOpen { get; } = new(ExitCode.Bug, "The token could not be revoked",
        "The step's saved revocation state cannot be decrypted with the inputs of this run.",
        "a secret, or the file that an input names, was changed or removed while the job ran.",
        "revoke it by hand if it must not live on, and keep the files that inputs name until the job's end.",
        "the-token-could-not-be-revoked");
}
