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

    /// <summary>A name that becomes a part of a host: letters, digits and hyphens, by labels.</summary>
    /// <returns>The name in small letters; a harmless stand-in when it is missing or wrong.</returns>
    public static string HostPart(this InputReader inputs, string name, string whatItIs)
    {
        var text = inputs.Required(name, whatItIs).ToLowerInvariant();
        if (text.Length > 0 && (text.Length > 200 || !text.Split('.').All(DomainName.IsLabel)))
        {
            inputs.Problems.Add(name, $"'{inputs.Shown(name)}' cannot be a part of a host's name; give {whatItIs}.");
            return "invalid";
        }

        return text.Length > 0 ? text : "missing";
    }
}
