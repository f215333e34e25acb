using Ccaas.Action.Inputs;
using Ccaas.Action.Requests;

namespace Ccaas.Action.Providers;

/// <summary>Reads the addresses that people may give in place of a provider's own.</summary>
internal static class ServerInputs
{
    /// <summary>The provider's endpoints, unless token-url and revocation-url say otherwise.</summary>
    public static AuthorizationServer Server(this InputReader inputs, Uri? token, Uri? revocation = null) => new()
    {
        TokenEndpoint = inputs.Endpoint(InputNames.TokenUrl) ?? token,
        RevocationEndpoint = inputs.Endpoint(InputNames.RevocationUrl) ?? revocation,
    };

    /// <summary>What api-url says; null: nothing.</summary>
    public static Uri? Api(this InputReader inputs) => inputs.Endpoint(InputNames.ApiUrl, isBase: true);

    /// <summary>A name that becomes the first label of a host: letters, digits and hyphens.</summary>
    /// <param name="inputs">Where it is read from.</param>
    /// <param name="name">The input's name.</param>
    /// <param name="whatItIs">Continues the sentence "missing; give …".</param>
    /// <param name="seconds">Labels that may follow after a dot; anything else that holds one is a host, which token-url is for.</param>
    /// <returns>The name in small letters; a harmless stand-in when it is missing or wrong.</returns>
    public static string HostPart(this InputReader inputs, string name, string whatItIs, params IReadOnlyList<string> seconds)
    {
        var text = inputs.Required(name, whatItIs).ToLowerInvariant();
        if (text.Length == 0)
        {
            return "missing";
        }

        if (text.Split('.', 2) is [var label, .. var rest] && DomainName.IsLabel(label) && rest.All(seconds.Contains))
        {
            return text;
        }

        inputs.Problems.Add(name, $"'{inputs.Shown(name)}' is no such name; give {whatItIs}. Another host is what token-url is for.");
        return "invalid";
    }
}
