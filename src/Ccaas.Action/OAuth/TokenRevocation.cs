namespace Ccaas.Action.OAuth;

/// <summary>
/// Revokes a token, by RFC 7009 or with the vendor's own API. A success of RFC 7009 only means that the request was accepted (§2.2),
/// so the token is checked where that is possible (docs/decisions/0022-revocation-is-verified.md).
/// </summary>
internal sealed class TokenRevocation(TokenPlan plan, HttpExchange http, ResponseErrors errors, Masker masker, Deadline deadline,
    IRunLog log, TimeProvider time)
{
    private const string Purpose = "the request to revoke the token";

    private static readonly TimeSpan LongestCheck = TimeSpan.FromSeconds(5);

    /// <exception cref="FailureException">The token may still be valid.</exception>
    /// <exception cref="OperationCanceledException">The job was canceled.</exception>
    public async Task RevokeAsync(TokenToRevokeLater target, CancellationToken cancellation)
    {
        var fingerprint = new AccessToken(target.Token, null).Fingerprint;
        if (target.ExpiresAt <= time.GetUtcNow())
        {
            log.Info($"Access token {fingerprint} has expired by itself; there is nothing to revoke");
            return;
        }

        // A client that may not introspect gets "not active" for every token (RFC 7662 §2.2), so the token must be active before.
        var wasActive = target.IsVendorsOwn || await IsActiveAsync(target, cancellation) == true;

        using var request = new HttpRequestMessage(target.IsVendorsOwn ? HttpMethod.Delete : HttpMethod.Post, target.Address);
        var report = new AttemptInfo("Revocation")
        {
            KnownErrors = target.IsVendorsOwn ? plan.ApiErrors : plan.TokenErrors,
            Prepare = each => Prepare(each, target),
        };
        var reply = await http.SendAsync(request, report, cancellation);
        if (reply.IsSuccess)
        {
            LogResult(PlainText.Host(target.Address), fingerprint, wasActive ? await IsActiveAsync(target, cancellation) : null);
            return;
        }

        var failure = errors.Explain(reply, target.Address, Purpose);
        if (!IsNoLongerValid(reply, failure, target))
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
                $"{host} accepted the revocation of access token {fingerprint}, but says that the token is still active. The client may "
                    + "not be allowed to revoke: check its rights at the server; else the token ends when it expires.");
            return;
        }

        log.Info(isActive is false
            ? $"Revoked access token {fingerprint}; {host} confirms that it is no longer valid"
            : $"{host} accepted the revocation of access token {fingerprint}; nothing confirms that the token is no longer valid");
    }

    private void Prepare(HttpRequestMessage request, TokenToRevokeLater target)
    {
        if (target.IsVendorsOwn)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(AccessToken.Type, target.Token.Reveal());
            return;
        }

        // No token_type_hint: without it servers try access tokens first, and some servers refuse unknown fields.
        var form = new TokenGrant([GrantField.Of("token", target.Token)]);
        var client = plan.RevokesWithoutClient ? null : plan.Client;
        request.Content = RequestBody.Of(form, ClientAuthentication.Apply(client, request, target.TokenEndpoint, masker, time.GetUtcNow()));
    }

    /// <returns>The result of introspection (RFC 7662 §2.2) or of the vendor's API; null when it is not known.</returns>
    private async Task<bool?> IsActiveAsync(TokenToRevokeLater target, CancellationToken cancellation)
    {
        if ((target.IsVendorsOwn ? target.Address : target.Introspection) is not { } address)
        {
            return null;
        }

        // One attempt, with a part of the remaining time, so that the check neither delays nor fails the revocation.
        using var limit = new CancellationTokenSource(
            TimeSpan.FromTicks(Math.Clamp(deadline.Remaining.Ticks / 4, 0, LongestCheck.Ticks)), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        using var request = new HttpRequestMessage(target.IsVendorsOwn ? HttpMethod.Get : HttpMethod.Post, address);
        var report = new AttemptInfo(
            target.IsVendorsOwn ? "Token check" : "Introspection")
        { MaxAttempts = 1, Prepare = each => Prepare(each, target) };
        try
        {
            var reply = await http.SendAsync(request, report, either.Token);
            if (target.IsVendorsOwn)
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

    // The vendor's API refuses a token that is no longer valid like any wrong one. RFC 7009 §2.2 responds with success; some
    // servers respond with an error.
    private static bool IsNoLongerValid(HttpReply reply, FailureException failure, TokenToRevokeLater target) => target.IsVendorsOwn
        ? reply.Status == HttpStatusCode.Unauthorized && failure.ExitCode == ExitCode.CredentialsRefused
        : reply.Error.Code == "invalid_token";
}

/// <summary>Everything that is needed to revoke a token later.</summary>
/// <param name="Token">The token.</param>
/// <param name="Address">The revocation endpoint.</param>
/// <param name="IsVendorsOwn">True: a DELETE with the token as Bearer; false: RFC 7009.</param>
/// <param name="TokenEndpoint">The audience of a client assertion.</param>
/// <param name="ExpiresAt">The token's expiry, UTC; null when it is not known.</param>
internal sealed record TokenToRevokeLater(Secret Token, Uri Address, bool IsVendorsOwn, Uri TokenEndpoint, DateTimeOffset? ExpiresAt)
{
    /// <inheritdoc cref="ServerEndpoints.Introspection"/>
    public Uri? Introspection { get; init; }

    /// <returns>Null when no way to revoke is known.</returns>
    public static TokenToRevokeLater? For(TokenPlan plan, ServerEndpoints endpoints, Secret token, DateTimeOffset? expiresAt) => plan switch
    {
        _ when endpoints.Revocation is { } address =>
            new(token, address, IsVendorsOwn: false, endpoints.Token, expiresAt) { Introspection = endpoints.Introspection },
        { RevocationPath: { } path, Api.Base: { } api } =>
            new(token, new VendorApi(api, "").Below(path), IsVendorsOwn: true, endpoints.Token, expiresAt),
        _ => null,
    };
}

/// <summary>Failures that are found before a revocation request.</summary>
internal static class RevocationFailures
{
    /// <summary>Found before the token request.</summary>
    public static FailureException NotOfferedLater(TokenPlan plan) => new(ExitCode.Inputs, "The token could not be revoked later",
        $"revoke is on, but the metadata of {PlainText.Host(plan.Server.IssuerAddress!)} names no revocation_endpoint; no token was "
            + "requested.",
        $"{plan.ProviderTitle} offers no way to revoke a token.",
        "leave revoke out and set a short token duration at the vendor; or give the server's endpoint for it in revocation-url.",
        "the-token-could-not-be-revoked");

    /// <summary>Found before the revocation.</summary>
    public static FailureException NotOffered(TokenPlan plan) => new(ExitCode.Inputs, "The token could not be revoked",
        $"The metadata of {PlainText.Host(plan.Server.IssuerAddress!)} names no revocation_endpoint; the token was sent nowhere and is "
            + "still valid.",
        $"{plan.ProviderTitle} offers no way to revoke a token.",
        "give the server's endpoint for it in revocation-url; or wait until the token expires.",
        "the-token-could-not-be-revoked");

    public static FailureException StateDoesNotOpen { get; } = new(ExitCode.Bug, "The token could not be revoked",
        "The step's saved revocation state cannot be decrypted with the inputs of this run.",
        "a secret, or the file that an input names, was changed or removed while the job ran.",
        "revoke it by hand if it must not live on, and keep the files that inputs name until the job's end.",
        "the-token-could-not-be-revoked");
}
