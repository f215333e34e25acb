namespace Ccaas.Action.Providers;

/// <summary>Reads the OAuth client and its authentication.</summary>
internal static class ClientInputs
{
    private static readonly (string Word, ClientAuthenticationMethod Method)[] Methods =
    [
        ("basic", ClientAuthenticationMethod.Basic),
        ("basic-raw", ClientAuthenticationMethod.BasicRaw),
        ("post", ClientAuthenticationMethod.Post),
        ("private-key-jwt", ClientAuthenticationMethod.PrivateKeyJwt),
        ("tls-client-auth", ClientAuthenticationMethod.TlsClientAuth),
    ];

    private static readonly (string Word, string Value)[] AssertionTypes =
        [("JWT", "JWT"), ("client-authentication+jwt", "client-authentication+jwt")];

    /// <param name="inputs">The inputs.</param>
    /// <param name="where">Where the vendor shows id and secret.</param>
    /// <param name="possible">The methods that the server supports, the default first; empty: Basic.</param>
    public static OAuthClient Client(this InputReader inputs, string where, params IReadOnlyList<ClientAuthenticationMethod> possible)
    {
        var method = Method(inputs, possible);
        var client = new OAuthClient(inputs.Required(Input.ClientId, $"the client's id ({where})"), method);
        return method switch
        {
            ClientAuthenticationMethod.PrivateKeyJwt => client with { Key = Key(inputs) },
            ClientAuthenticationMethod.TlsClientAuth => WithCertificate(client, inputs),
            _ => client with { Secret = inputs.RequiredSecret(Input.ClientSecret, $"the client's secret ({where}), through a secret") },
        };
    }

    // With a single method, the input is not read.
    private static ClientAuthenticationMethod Method(InputReader inputs, IReadOnlyList<ClientAuthenticationMethod> possible) =>
        possible.Count > 1 && inputs.Given(Input.ClientAuthentication)
            ? inputs.Choice(Input.ClientAuthentication, [.. Methods.Where(known => possible.Contains(known.Method))])
            : possible.FirstOrDefault(ClientAuthenticationMethod.Basic);

    private static SigningKey? Key(InputReader inputs)
    {
        var (id, audience, wanted) = (inputs.Text(Input.KeyId), inputs.Text(Input.AssertionAudience), inputs.Text(Input.SigningAlgorithm));
        var type = inputs.Given(Input.AssertionType) ? inputs.Choice(Input.AssertionType, AssertionTypes) : AssertionTypes[0].Value;
        // The newer profile requires the issuer.
        audience ??= type != AssertionTypes[0].Value && inputs.Given(Input.Issuer) ? inputs.Text(Input.Issuer) : null;
        var key = PrivateKeyInput.Read(inputs, Input.PrivateKey);
        // Without a key, all algorithms are possible.
        var algorithms = key?.Algorithms ?? Enum.GetNames<SigningAlgorithm>();
        var algorithm = wanted is null
            ? algorithms[0]
            : algorithms.FirstOrDefault(name => name.Equals(wanted, StringComparison.OrdinalIgnoreCase));
        if (algorithm is null && key is null)
        {
            inputs.Problems.Add(Input.SigningAlgorithm,
                $"'{inputs.Shown(Input.SigningAlgorithm)}' is not known; give {string.Join(" or ", algorithms)}.");
        }
        else if (algorithm is null)
        {
            inputs.Problems.Add(Input.SigningAlgorithm, $"'{inputs.Shown(Input.SigningAlgorithm)}' is nothing that private-key can sign "
                + $"with; give {string.Join(" or ", algorithms)}.");
        }

        return key is null
            ? null
            : new SigningKey(key.Value.Pem, Enum.Parse<SigningAlgorithm>(algorithm ?? algorithms[0]))
            {
                Id = id,
                Audience = audience,
                AssertionType = type
            };
    }

    private static OAuthClient WithCertificate(OAuthClient client, InputReader inputs)
    {
        if (!inputs.Given(Input.ClientCertificate))
        {
            inputs.Problems.Add(Input.ClientCertificate,
                "missing; with tls-client-auth the certificate authenticates the client: give it, and client-key.");
        }

        return client;
    }
}

/// <summary>Reads addresses that replace a provider's own.</summary>
internal static class ServerInputs
{
    /// <summary>The provider's endpoints, or token-url and revocation-url.</summary>
    public static AuthorizationServer Server(this InputReader inputs, Uri? token, Uri? revocation = null) => new()
    {
        TokenEndpoint = inputs.Endpoint(Input.TokenUrl) ?? token,
        RevocationEndpoint = inputs.Endpoint(Input.RevocationUrl) ?? revocation,
    };

    /// <summary>The input api-url; null when it is not given.</summary>
    public static Uri? Api(this InputReader inputs) => inputs.Endpoint(Input.ApiUrl, isBase: true);

    /// <summary>A name that becomes the first label of a host: letters, digits and hyphens.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="name">The input's name.</param>
    /// <param name="whatItIs">Continues the sentence "missing; give …".</param>
    /// <param name="seconds">Labels that may follow after a dot. Any other text with a dot is a host, and that is what token-url
    /// is for.</param>
    /// <returns>The name in lower case; a placeholder when it is missing or wrong.</returns>
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
