namespace Ccaas.Action.TokenCache;

/// <summary>
/// What the post step needs to revoke the token, as the CI system saves it: sealed with the secrets of the same inputs, so that it
/// cannot be read without them.
/// </summary>
internal static class RevocationState
{
    /// <summary>The name of the saved state.</summary>
    public const string Name = "revocation";

    private const string Token = "token";
    private const string Address = "address";
    private const string IsVendorsOwn = "is_vendors_own";
    private const string TokenEndpoint = "token_endpoint";
    private const string Introspection = "introspection_endpoint";
    private const string ExpiresAt = "expires_at";

    public static string Seal(TokenToRevokeLater target, TokenRequest request)
    {
        var content = new JsonText()
            .Add(Token, target.Token.Reveal())
            .Add(Address, target.Address.AbsoluteUri)
            .Add(IsVendorsOwn, target.IsVendorsOwn)
            .Add(TokenEndpoint, target.TokenEndpoint.AbsoluteUri)
            .Add(Introspection, target.Introspection?.AbsoluteUri);
        if (target.ExpiresAt is { } expiry)
        {
            content.Add(ExpiresAt, expiry.ToUnixTimeMilliseconds());
        }

        return SealedText.Seal(Key(request), content.ToBytes());
    }

    /// <returns>Null when it was sealed with other inputs, by another version, or is damaged.</returns>
    public static TokenToRevokeLater? Open(string state, TokenRequest request) =>
        SealedText.Open(Key(request), state) is { } opened ? JsonField.Read(opened, Read) : null;

    private static TokenToRevokeLater? Read(JsonElement content)
    {
        if (JsonField.Text(content, Token) is not { Length: > 0 } token
            || !content.TryGetProperty(IsVendorsOwn, out var isVendorsOwn)
            || EndpointRule.Check(JsonField.Text(content, Address) ?? "", out var address) is not null
            || EndpointRule.Check(JsonField.Text(content, TokenEndpoint) ?? "", out var tokenEndpoint) is not null)
        {
            return null;
        }

        DateTimeOffset? expiry = content.TryGetProperty(ExpiresAt, out var value) && value.TryGetInt64(out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
        return new TokenToRevokeLater(new Secret(token), address!, isVendorsOwn.GetBoolean(), tokenEndpoint!, expiry)
        {
            Introspection =
            EndpointRule.Named(JsonField.Text(content, Introspection))
        };
    }

    private static SealingKey Key(TokenRequest request) =>
        SealingKey.Derive(request.KeySecrets, "revocation state", request.Plan.Provider, request.Plan.Client?.Id ?? "");
}
