using System.Net.Http.Headers;
using System.Text;
using Ccaas.Action.Foundation;
using Ccaas.Action.Masking;
using Ccaas.Action.Requests;

namespace Ccaas.Action.OAuth;

/// <summary>How the client proves itself at the token and the revocation endpoint, RFC 6749 §2.3.</summary>
internal static class ClientAuthentication
{
    /// <summary>Puts the proof into the request's header where it belongs there; an assertion is made anew each time.</summary>
    /// <param name="client">Null: there is nobody to prove.</param>
    /// <param name="request">Gets its Authorization header.</param>
    /// <param name="audience">The token endpoint, for which an assertion is made unless the key says otherwise.</param>
    /// <param name="masker">Masks what is made here.</param>
    /// <param name="now">When an assertion is issued.</param>
    /// <returns>The fields of the form that the proof needs.</returns>
    public static IEnumerable<KeyValuePair<string, string>> Apply(OAuthClient? client, HttpRequestMessage request, Uri audience, Masker masker, DateTimeOffset now)
    {
        switch (client)
        {
            case null:
                return [];
            case { Authentication: ClientAuthenticationMethod.Basic, Secret: { } secret }:
                request.Headers.Authorization = Basic(FormEncode(client.Id), FormEncode(secret.Reveal()));
                return [];
            case { Authentication: ClientAuthenticationMethod.BasicRaw, Secret: { } secret }:
                request.Headers.Authorization = Basic(client.Id, secret.Reveal());
                return [];
            case { Authentication: ClientAuthenticationMethod.Post, Secret: { } secret }:
                return [new("client_id", client.Id), new("client_secret", secret.Reveal())];
            case { Authentication: ClientAuthenticationMethod.PrivateKeyJwt, Key: { } key }:
                var assertion = ClientAssertion.Sign(client.Id, key, key.Audience ?? audience.AbsoluteUri, now);
                // Without its signature it is good for nothing, and it lasts a minute; so this one form is enough.
                masker.MaskAsIs([new Secret(assertion.Split('.')[^1])]);
                return
                [
                    new("client_id", client.Id),
                    new("client_assertion_type", ClientAssertion.Type),
                    new("client_assertion", assertion),
                ];
            case { Authentication: ClientAuthenticationMethod.TlsClientAuth }:
                return [new("client_id", client.Id)];
            default:
                throw new InvalidOperationException("The client lacks what its way of proof needs.");
        }
    }

    /// <summary>Every form in which the pair of id and secret may show up, to be masked like the secret itself.</summary>
    public static IEnumerable<Secret> Pairs(OAuthClient? client)
    {
        if (client?.Secret is not { } secret)
        {
            return [];
        }

        var raw = Pair(client.Id, secret.Reveal());
        var encoded = Pair(FormEncode(client.Id), FormEncode(secret.Reveal()));
        return new[] { encoded, encoded.TrimEnd('='), raw, raw.TrimEnd('=') }.SelectMany(pair => DerivedForms.Wrapped(pair).Prepend(pair)).Distinct(StringComparer.Ordinal).Select(pair => new Secret(pair));
    }

    private static AuthenticationHeaderValue Basic(string id, string secret) => new("Basic", Pair(id, secret));

    /// <summary>application/x-www-form-urlencoded: a space becomes a plus sign.</summary>
    private static string FormEncode(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    private static string Pair(string id, string secret) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}"));
}
