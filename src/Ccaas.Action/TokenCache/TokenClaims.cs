namespace Ccaas.Action.TokenCache;

/// <summary>
/// The content of a sealed token: claims of a JWT (RFC 7519 §4.1) and our own. All of it is authenticated.
/// </summary>
internal static class TokenClaims
{
    private const string Audience = "aud";
    private const string IssuedAt = "iat";
    private const string ExpiresAt = "exp";
    private const string IsRevoked = "revoked";
    private const string Region = "region";
    private const string ApiUrl = "api_url";
    private const string Scope = "scope";
    private const string AccessToken = "access_token";
    private const string IdToken = "id_token";

    /// <param name="cached">The token.</param>
    /// <param name="request">The request of the token.</param>
    /// <param name="audience">The use.</param>
    /// <param name="traits">The properties that distinguish it.</param>
    /// <returns>JSON; null when the token's lifetime is not known, because then nobody could tell later whether it is valid.</returns>
    public static byte[]? Write(CachedToken cached, TokenRequest request, string audience, IEnumerable<Trait> traits)
    {
        var (token, idToken) = (cached.Issued.Token, cached.Issued.IdToken);
        if (token.Lifetime is not { } lifetime)
        {
            return null;
        }

        var claims = new JsonText()
            .Add(Audience, audience)
            // Whole seconds, rounded down: the token never seems to be valid longer than it is.
            .Add(IssuedAt, lifetime.RequestedAt.ToUnixTimeSeconds())
            .Add(ExpiresAt, lifetime.ExpiresAt.ToUnixTimeSeconds())
            .Add(Region, cached.Api.Region)
            .Add(ApiUrl, cached.Api.Base?.AbsoluteUri)
            .Add(Scope, cached.Issued.Scope)
            .Add(IsRevoked, request.Revoke)
            .Add(AccessToken, token.Value.Reveal())
            // Only where the organization's id is in the id token.
            .Add(IdToken, request.Plan.Organization?.IdClaim is null ? null : idToken?.Reveal());
        foreach (var trait in traits)
        {
            claims.Add(trait.Claim, trait.Text);
        }

        return claims.ToBytes();
    }

    /// <param name="claims">The content of the sealed token.</param>
    /// <param name="request">The request of this run.</param>
    /// <param name="audience">The use.</param>
    /// <param name="known">The properties that this run knows and the token must have.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="time">The clock.</param>
    public static UnsealResult Read(byte[] claims, TokenRequest request, string audience, IEnumerable<Trait> known, TokenSource source,
        TimeProvider time) => JsonField.Read(claims, content =>
    {
        if (JsonField.Text(content, Audience) != audience
            || JsonField.Text(content, AccessToken) is not { Length: > 0 } token
            || !content.TryGetProperty(IsRevoked, out var isRevoked)
                || isRevoked.ValueKind is not (JsonValueKind.True or JsonValueKind.False)
            || Time(content, IssuedAt) is not { } issuedAt
            || Time(content, ExpiresAt) is not { } expiresAt
            || expiresAt <= issuedAt)
        {
            return null;
        }

        Uri? api = null;
        if (JsonField.Text(content, ApiUrl) is { } address && EndpointRule.Check(address, out api) is not null)
        {
            return null;
        }

        if (known.FirstOrDefault(trait => (JsonField.Text(content, trait.Claim) ?? "") != trait.Text) is { } different)
        {
            return new UnsealResult(null, $"was sealed for another {different.Shown}");
        }

        if (WhyNotShared(isRevoked.GetBoolean(), request) is { } why)
        {
            return new UnsealResult(null, why);
        }

        var issued = new TokenResponse(new AccessToken(new Secret(token), Lifetime.Since(issuedAt, expiresAt, time)), Attempts: 0)
        {
            IdToken = JsonField.Text(content, IdToken) is { Length: > 0 } idToken ? new Secret(idToken) : null,
            Scope = JsonField.Text(content, Scope),
        };
        return new UnsealResult(new CachedToken(issued, new VendorApi(api, JsonField.Text(content, Region) ?? ""), source), "");
    }) ?? new UnsealResult(null, "was sealed for another use");

    // Steps of one job may differ here. A token that one of them revokes at the end of the job must not be shared with other jobs.
    private static string? WhyNotShared(bool isRevoked, TokenRequest request) => (isRevoked, request) switch
    {
        (true, { Reuse.Seal: true } or { Reuse.Store: not null }) => "is revoked when the job ends",
        (false, { Revoke: true }) => "is not this job's alone, and cannot be revoked when the job ends",
        _ => null,
    };

    private static DateTimeOffset? Time(JsonElement content, string name) =>
        // Up to the year 9999, the latest date of .NET.
        content.TryGetProperty(name, out var value) && value.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
