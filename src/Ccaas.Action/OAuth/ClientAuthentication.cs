using System.Net.Http.Headers;
using System.Text;
using Ccaas.Action.Foundation;
using Ccaas.Action.Requests;

namespace Ccaas.Action.OAuth;

/// <summary>How the client proves itself at the token endpoint, RFC 6749 §2.3.</summary>
internal static class ClientAuthentication
{
    /// <summary>HTTP Basic with id and secret form-encoded first, as RFC 6749 §2.3.1 demands.</summary>
    public static AuthenticationHeaderValue Basic(ClientCredentials client) => new("Basic", Pair(FormEncode(client.Id), FormEncode(client.Secret.Reveal())));

    /// <summary>Every form in which the pair of id and secret may show up, to be masked like the secret itself.</summary>
    public static IEnumerable<Secret> Pairs(ClientCredentials client)
    {
        var raw = Pair(client.Id, client.Secret.Reveal());
        var encoded = Pair(FormEncode(client.Id), FormEncode(client.Secret.Reveal()));
        return new[] { encoded, encoded.TrimEnd('='), raw, raw.TrimEnd('=') }.Distinct(StringComparer.Ordinal).Select(pair => new Secret(pair));
    }

    /// <summary>application/x-www-form-urlencoded: a space becomes a plus sign.</summary>
    private static string FormEncode(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    private static string Pair(string id, string secret) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}"));
}
