namespace Ccaas.Action.TokenCache;

/// <summary>
/// A ticket as a CI system keeps it from the step to the job's end: sealed with the secrets of the same inputs, so that
/// whoever sees the state without having those has nothing.
/// </summary>
internal static class RevocationState
{
    /// <summary>The name under which the CI system keeps it.</summary>
    public const string Name = "revocation";

    private const string Token = "token";
    private const string Address = "address";
    private const string IsVendorsOwn = "is_vendors_own";
    private const string TokenEndpoint = "token_endpoint";
    private const string Introspection = "introspection_endpoint";
    private const string ExpiresAt = "expires_at";

    public static string Seal(TokenToRevokeLater ticket, TokenRequest request)
    {
        var content = new JsonText()
            .Add(Token, ticket.Token.Reveal())
            .Add(Address, ticket.Address.AbsoluteUri)
            .Add(IsVendorsOwn, ticket.IsVendorsOwn)
            .Add(TokenEndpoint, ticket.TokenEndpoint.AbsoluteUri)
            .Add(Introspection, ticket.Introspection?.AbsoluteUri);
        if (ticket.ExpiresAt is { } expiry)
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
