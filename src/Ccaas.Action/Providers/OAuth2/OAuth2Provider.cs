namespace Ccaas.Action.Providers.OAuth2;

/// <summary>Any OAuth 2.0 server: the inputs or the server's metadata have everything.</summary>
internal sealed class OAuth2Provider : Provider
{
    public override string Name => "oauth2";

    public override string Title => "OAuth 2.0";

    public override TokenPlan Plan(InputReader inputs)
    {
        var server = inputs.Server(token: null) with { Issuer = inputs.Issuer(Input.Issuer) };
        if (!inputs.Given(Input.TokenUrl) && !inputs.Given(Input.Issuer))
        {
            inputs.Problems.Add(Input.TokenUrl,
                "missing; give the server's token endpoint, or its issuer, whose metadata names the endpoint.");
        }

        var client = inputs.Client("where the client was registered", Enum.GetValues<ClientAuthenticationMethod>());
        return new TokenPlan
        {
            Provider = Name,
            // People know the server by its host.
            ProviderTitle = (server.TokenEndpoint ?? server.IssuerAddress) is { } address ? PlainText.Host(address) : "An OAuth 2.0 server",
            Server = server,
            Client = client,
            Grant = new TokenGrant(GrantParameters.Read(inputs)),
            Api = new ApiAddress { Base = inputs.Api() },
            TokenErrors = OAuth2Errors.Of(client.Authentication),
        };
    }
}

/// <summary>The likeliest meaning of <c>invalid_client</c> (RFC 6749 §5.2) depends on the client authentication method.</summary>
internal static class OAuth2Errors
{
    public static IReadOnlyList<KnownError> Of(ClientAuthenticationMethod method)
    {
        var (cause, remedy) = method switch
        {
            ClientAuthenticationMethod.PrivateKeyJwt => (
                "the server does not know the private key's public half, or expects another algorithm, key id or audience in the "
                    + "assertion.",
                "check that the key's public half is registered for this client; then key-id, signing-algorithm, this machine's clock, "
                    + "and assertion-type: servers of the newer profile want client-authentication+jwt with their issuer as audience, "
                    + "the others JWT with the token endpoint or the issuer (assertion-audience)."),
            ClientAuthenticationMethod.TlsClientAuth => (
                "the server does not know the certificate for this client, or something in between ended the TLS connection and did not "
                    + "pass it on.",
                "check which certificate, subject or authority is registered for the client, and that no inspecting proxy stands in the "
                    + "way."),
            _ => (
                "client-id or client-secret is wrong, or the server expects them sent in another way.",
                "compare both with the client's registration; then try client-authentication: basic-raw (id and secret unencoded) or "
                    + "post (in the form)."),
        };
        var refused = new KnownError(
            ExitCode.CredentialsRefused, "The client was refused", cause, remedy, "the-client-was-refused")
        { Code = "invalid_client" };
        // The code of OpenIddict for an assertion with another audience.
        return method == ClientAuthenticationMethod.PrivateKeyJwt ? [refused, refused with { Code = "invalid_token" }] : [refused];
    }
}

/// <summary>Reads the fields of the token request from scope, audience, resource and parameters.</summary>
internal static class GrantParameters
{
    private const string GrantType = "grant_type";

    /// <summary>Fields that are secrets by their definition in the OAuth RFCs, so that they are masked like the others.</summary>
    private static readonly string[] Secrets =
        ["password", "assertion", "refresh_token", "code", "code_verifier", "subject_token", "actor_token", "device_code"];

    /// <summary>Client authentication has its own inputs; a second one in the form would be refused (RFC 6749 §2.3).</summary>
    private static readonly string[] ClientFields = ["client_id", "client_secret", "client_assertion", "client_assertion_type"];

    /// <returns>The fields in the order in which they are sent: the grant type first.</returns>
    public static IReadOnlyList<GrantField> Read(InputReader inputs)
    {
        var given = Parse(inputs);
        GrantField?[] fields =
        [
            // Another grant can be requested, with its fields.
            given.Find(field => field.Name == GrantType) ?? GrantField.Of(GrantType, "client_credentials"),
            GrantField.Optional("scope", inputs.Text(Input.Scope)),
            GrantField.Optional("audience", inputs.Text(Input.Audience)),
            // RFC 8707 §2: a field for each resource.
            .. inputs.Words(Input.Resource).Select(resource => GrantField.Of("resource", resource)),
            .. given.Where(field => field.Name != GrantType),
        ];
        return [.. fields.OfType<GrantField>()];
    }

    private static List<GrantField> Parse(InputReader inputs)
    {
        var fields = new List<GrantField>();
        var number = 0;
        foreach (var line in (inputs.Text(Input.Parameters) ?? "").Split('\n', StringSplitOptions.TrimEntries))
        {
            number++;
            if (line.Length == 0)
            {
                continue;
            }

            var equals = line.IndexOf('=', StringComparison.Ordinal);
            var name = equals > 0 ? line[..equals].TrimEnd() : "";
            if (Wrong(name, inputs, fields) is { } wrong)
            {
                // Not the line itself: it may contain a secret.
                inputs.Problems.Add(Input.Parameters, $"line {number} {wrong}");
                continue;
            }

            var value = line[(equals + 1)..].TrimStart();
            fields.Add(Secrets.Contains(name) ? GrantField.Of(name, new Secret(value)) : GrantField.Of(name, value));
        }

        return fields;
    }

    private static string? Wrong(string name, InputReader inputs, List<GrantField> before) => name switch
    {
        "" => "is not name=value.",
        _ when name.AsSpan().ContainsAnyExceptInRange('!', '~') => "has a name that no field of a form has.",
        _ when ClientFields.Contains(name) =>
            $"sets {name}, which client-id, client-secret, private-key and client-authentication are for.",
        "scope" or "audience" or "resource" when inputs.Given(name) => $"sets {name}, which the input {name} sets too; keep one of them.",
        _ when before.Exists(field => field.Name == name && name != "resource") => $"sets {name} a second time.",
        _ => null,
    };
}
