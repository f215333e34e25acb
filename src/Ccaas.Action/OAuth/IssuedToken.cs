using Ccaas.Action.Foundation;
using Ccaas.Action.Tokens;

namespace Ccaas.Action.OAuth;

/// <summary>A success answer of the token endpoint, read.</summary>
/// <param name="Token">The token.</param>
/// <param name="Attempts">Tries it took.</param>
internal sealed record IssuedToken(AccessToken Token, int Attempts)
{
    /// <summary>Other tokens that came along, to be masked and then forgotten: a refresh token is worth more than the access token.</summary>
    public IReadOnlyList<Secret> Companions { get; init; } = [];

    /// <summary>One of them, for the claims in it (OpenID Connect Core §2); null when there was none.</summary>
    public Secret? IdToken { get; init; }

    /// <summary>The scopes that the server granted, as it says them (RFC 6749 §3.3); null when it does not, which means those that were asked for.</summary>
    public string? Scope { get; init; }

    /// <summary>What the answer says of the API's address, as it stands there; null when it says nothing.</summary>
    public string? Api { get; init; }

    /// <summary>The server said how long the token lasts, but in a way that means nothing.</summary>
    public bool LifetimeNotUnderstood { get; init; }
}
