using Ccaas.Action.Foundation;
using Ccaas.Action.Tokens;

namespace Ccaas.Action.OAuth;

/// <summary>A success answer of the token endpoint, read.</summary>
/// <param name="Token">The token.</param>
/// <param name="Attempts">Tries it took.</param>
internal sealed record IssuedToken(AccessToken Token, int Attempts)
{
    /// <summary>For the claims in it (OpenID Connect Core §2); null when there was none. Every other token that came along is masked and forgotten.</summary>
    public Secret? IdToken { get; init; }

    /// <summary>The scopes that the server granted, as it says them (RFC 6749 §3.3); null when it does not, which means those that were asked for.</summary>
    public string? Scope { get; init; }

    /// <summary>What the answer says of the API's address, as it stands there; null when it says nothing.</summary>
    public string? Api { get; init; }

    /// <summary>The server said how long the token lasts, but in a way that means nothing.</summary>
    public bool LifetimeNotUnderstood { get; init; }
}
