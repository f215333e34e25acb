using System.Buffers.Text;
using Ccaas.Action.Foundation;
using Ccaas.Action.Http;

namespace Ccaas.Action.OAuth;

/// <summary>
/// Reads a claim of an id token. Its signature is not checked: it came from the token endpoint itself, over a connection whose
/// certificate was, which OpenID Connect Core §3.1.3.7 accepts in its place.
/// </summary>
internal static class IdTokenClaims
{
    /// <returns>The claim's text, raw; null when there is none.</returns>
    public static string? Read(Secret? idToken, string claim)
    {
        if (idToken?.Reveal().Split('.') is not [_, var payload, _] || !Base64Url.IsValid(payload))
        {
            return null;
        }

        return JsonField.Text(Base64Url.DecodeFromChars(payload), claim);
    }
}
