using System.Text.Json;
using Ccaas.Action.Foundation;
using Ccaas.Action.Http;
using Ccaas.Action.Inputs;
using Ccaas.Action.OAuth;
using Ccaas.Action.Requests;
using Ccaas.Action.Tokens;

namespace Ccaas.Action.Reuse;

/// <summary>
/// A token as it stands in a sealed text: the claims of a JWT (RFC 7519 §4.1) besides those of our own. All of it is
/// authenticated with the text.
/// </summary>
internal static class TokenClaims
{
    private const string Audience = "aud";
    private const string IssuedAt = "iat";
    private const string ExpiresAt = "exp";
    private const string Provider = "provider";
    private const string Region = "region";
    private const string ApiUrl = "api_url";
    private const string Scope = "scope";
    private const string AccessToken = "access_token";
    private const string IdToken = "id_token";

    /// <returns>JSON; null when the server did not say how long the token lasts, because then nobody can tell later.</returns>
    public static byte[]? Write(HeldToken held, TokenPlan plan, string audience)
    {
        var (token, idToken) = (held.Issued.Token, held.Issued.IdToken);
        if (token.Lifetime is not { } lifetime)
        {
            return null;
        }

        return new JsonText()
            .Add(Audience, audience)
            // Whole seconds, rounded down: a token never looks fresher than it is.
            .Add(IssuedAt, lifetime.RequestedAt.ToUnixTimeSeconds())
            .Add(ExpiresAt, lifetime.ExpiresAt.ToUnixTimeSeconds())
            .Add(Provider, plan.Provider)
            .Add(Region, held.Api.Region)
            .Add(ApiUrl, held.Api.Base?.AbsoluteUri)
            .Add(Scope, held.Issued.Scope)
            .Add(AccessToken, token.Value.Reveal())
            // Only where the organisation's id stands in nothing else.
            .Add(IdToken, plan.Organization?.IdClaim is null ? null : idToken?.Reveal())
            .ToBytes();
    }

    /// <returns>Null when something is missing, or it was written for another provider or audience.</returns>
    public static HeldToken? Read(byte[] claims, TokenPlan plan, string audience, TokenSource source, TimeProvider time) => JsonField.Read(claims, content =>
    {
        if (JsonField.Text(content, Audience) != audience
            || JsonField.Text(content, Provider) != plan.Provider
            || JsonField.Text(content, AccessToken) is not { Length: > 0 } token
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

        var issued = new IssuedToken(new AccessToken(new Secret(token), Lifetime.Since(issuedAt, expiresAt, time)), Attempts: 0)
        {
            IdToken = JsonField.Text(content, IdToken) is { Length: > 0 } idToken ? new Secret(idToken) : null,
            Scope = JsonField.Text(content, Scope),
        };
        return new HeldToken(issued, new VendorApi(api, JsonField.Text(content, Region) ?? ""), source);
    });

    private static DateTimeOffset? Time(JsonElement content, string name) =>
        // Up to the year 9999, which is where dates end here.
        content.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
