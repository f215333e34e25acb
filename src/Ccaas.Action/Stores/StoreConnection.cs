using Ccaas.Action.Foundation;
using Ccaas.Action.Http;
using Ccaas.Action.Masking;

namespace Ccaas.Action.Stores;

/// <summary>What a store is reached with.</summary>
/// <param name="Http">Bounded in time for the store alone, so that what is left suffices for a token request.</param>
/// <param name="Masker">Masks what is obtained on the way: tokens and keys for the store.</param>
/// <param name="ForeignText">Makes the store's words fit to show.</param>
/// <param name="Time">Dates signatures.</param>
internal sealed record StoreConnection(HttpExchange Http, Masker Masker, ForeignText ForeignText, TimeProvider Time)
{
    /// <summary>Tries of one request to a store: one more than none, for the moments that every service has.</summary>
    public const int MaxAttempts = 2;

    /// <returns>A token that was obtained on the way, masked before it is anything else; null when the text cannot be one.</returns>
    public Secret? Masked(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return null;
        }

        var token = new Secret(text);
        Masker.Mask(token);
        return token;
    }
}
