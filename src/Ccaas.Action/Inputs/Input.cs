namespace Ccaas.Action.Inputs;

/// <summary>
/// The inputs, in the order of action.yml, each declared once. All else derives from these declarations (names of variables,
/// help, messages) or is compared with them by tests (action.yml, task.json, options, README).
/// </summary>
internal static class Input
{
    private static readonly List<InputDefinition> Declared = [];

    public static InputDefinition Provider { get; } = Add(new("provider",
        "Who issues the token: genesys-cloud, nice-cxone, salesforce, talkdesk, zoom, or oauth2 for any other OAuth 2.0 server."));
    public static InputDefinition Region { get; } = ProviderSpecific(new("region",
        "The region of your organization. Genesys Cloud: an AWS name (eu-west-1) or a domain (mypurecloud.ie); us-east-1 when not given. "
        + "NICE CXone: an area (na1). Talkdesk: us, eu, ca or au."));
    public static InputDefinition Account { get; } = ProviderSpecific(
        new("account", "Salesforce: the My Domain name. Talkdesk: the account's name. Zoom: the account's id."));
    public static InputDefinition Flow { get; } = ProviderSpecific(
        new("flow", "NICE CXone: password, access-key or client-credentials; inferred from the credentials when not given."));

    // Client authentication.
    public static InputDefinition ClientId { get; } = ProviderSpecific(new("client-id", "The OAuth client's id.") { IsCredential = true });
    public static InputDefinition ClientSecret { get; } = ProviderSpecific(new("client-secret",
        "The OAuth client's secret. Take it from a secret store, never from the file itself.")
    { IsSecret = true, IsCredential = true });
    public static InputDefinition ClientSecretFile { get; } = File("client-secret-file", ClientSecret, "client secret");
    public static InputDefinition AccessKeyId { get; } = ProviderSpecific(
        new("access-key-id", "NICE CXone: the access key's id.") { IsCredential = true });
    public static InputDefinition AccessKeySecret { get; } = ProviderSpecific(new("access-key-secret",
        "NICE CXone: the access key's secret. Take it from a secret store.")
    { IsSecret = true, IsCredential = true });
    public static InputDefinition AccessKeySecretFile { get; } = File("access-key-secret-file", AccessKeySecret, "access key's secret");
    public static InputDefinition ClientAuthentication { get; } = ProviderSpecific(new("client-authentication",
        "Client authentication method: basic (form-encoded as RFC 6749 asks), basic-raw, post, private-key-jwt or tls-client-auth; the "
        + "provider's own way when not given."));
    public static InputDefinition PrivateKey { get; } = ProviderSpecific(new("private-key",
        "For private-key-jwt: the private key, PEM text or the path of a PEM file. Take the text from a secret store.")
    { IsSecret = true, MayBePath = true, IsCredential = true });
    public static InputDefinition PrivateKeyFile { get; } = File("private-key-file", PrivateKey, "private key");
    public static InputDefinition KeyId { get; } = ProviderSpecific(
        new("key-id", "For private-key-jwt: the name under which the server knows the key (kid)."));
    public static InputDefinition SigningAlgorithm { get; } = ProviderSpecific(
        new("signing-algorithm", "For private-key-jwt: RS256, PS256 or ES256; what fits the key when not given."));
    public static InputDefinition AssertionAudience { get; } = ProviderSpecific(new("assertion-audience",
        "For private-key-jwt: the audience of the assertion (aud); when not given, the token endpoint, or the issuer with assertion-type "
        + "client-authentication+jwt."));
    public static InputDefinition AssertionType { get; } = ProviderSpecific(new("assertion-type",
        "For private-key-jwt: the type of the assertion (typ): JWT, as when not given, or client-authentication+jwt for servers of the "
            + "newer "
        + "profile (draft-ietf-oauth-rfc7523bis)."));

    // Scope and audience.
    public static InputDefinition Scope { get; } = ProviderSpecific(new("scope", "Scopes to request, separated by spaces."));
    public static InputDefinition Audience { get; } = ProviderSpecific(
        new("audience", "The API that the token is for, where the server requires an audience."));
    public static InputDefinition Resource { get; } = ProviderSpecific(
        new("resource", "The resources that the token is for (RFC 8707), separated by spaces or line breaks.") { MayHaveLines = true });
    public static InputDefinition Parameters { get; } = ProviderSpecific(
        new("parameters", "More fields for the token request, one name=value a line.") { MayHaveLines = true, HidesValue = true });

    // Endpoints.
    public static InputDefinition Issuer { get; } = ProviderSpecific(new("issuer",
        "The authorization server's issuer, from whose metadata the endpoints are taken; https, or http on loopback.")
    { HidesValue = true });
    public static InputDefinition TokenUrl { get; } = ProviderSpecific(
        new("token-url", "Token endpoint to use instead of the provider's; https, or http on loopback.") { HidesValue = true });
    public static InputDefinition RevocationUrl { get; } = ProviderSpecific(new("revocation-url",
        "Revocation endpoint (RFC 7009) to use instead of the provider's; https, or http on loopback.")
    { HidesValue = true });
    public static InputDefinition ApiUrl { get; } = ProviderSpecific(
        new("api-url", "API base address to use instead of the provider's; https, or http on loopback.") { HidesValue = true });

    // Token handling.
    public static InputDefinition EnvironmentVariable { get; } = Add(new("environment-variable",
        "Name under which later steps find the token; empty for no export.", "CCAAS_ACCESS_TOKEN")
    { AllowsEmpty = true });
    public static InputDefinition ToolEnvironment { get; } = Add(new("tool-environment",
        "Also export what the vendor's own tools read (Genesys Cloud: GENESYSCLOUD_ACCESS_TOKEN, GENESYSCLOUD_REGION, "
        + "GENESYSCLOUD_API_REGION).", "false")
    { IsSwitch = true });
    public static InputDefinition Verify { get; } = Add(
        new("verify", "Ask the vendor which organization the token belongs to, and publish it.", "false") { IsSwitch = true });
    public static InputDefinition AllowedOrganizations { get; } = Add(new("allowed-organizations",
        "Organization ids, separated by commas or line breaks; any other organization fails the step. Implies verify.")
    { MayHaveLines = true });

    // Reuse and transfer to other jobs.
    public static InputDefinition MinimumValidity { get; } = Add(new("minimum-validity",
        "How long the token should last at least, such as 30s or 15m. A cached token that lasts less is not reused; a fresh one that lasts "
        + "less is a warning.", "30s"));
    public static InputDefinition Cache { get; } = Add(new("cache",
        "Which tokens are reused: job (among the steps of this job), off, or a store that machines share: azure-keyvault://VAULT/SECRET or "
        + "aws-secretsmanager://REGION/SECRET.", "job"));
    public static InputDefinition CacheRequired { get; } = Add(new("cache-required",
        "Fail when the cache cannot be used, instead of requesting a token without it.", "false")
    { IsSwitch = true });
    public static InputDefinition SealedToken { get; } = Add(new("sealed-token",
        "A token that another job has sealed: its output sealed-token. One that cannot be used is replaced by a fresh one, where "
        + "credentials are given.")
    { HidesValue = true });
    public static InputDefinition Seal { get; } = Add(
        new("seal", "Also publish the token sealed, as the output sealed-token, for other jobs.", "false") { IsSwitch = true });
    public static InputDefinition SealKey { get; } = Add(new("seal-key",
        "What tokens are sealed with between jobs: 128 random bits or more (openssl rand -base64 32); the credentials' own secret when not "
        + "given. Take it from a secret store.")
    { IsSecret = true });
    public static InputDefinition SealKeyFile { get; } = File("seal-key-file", SealKey, "key to seal with");

    // Later steps, and the end of the job.
    public static InputDefinition Install { get; } = Add(new("install",
        "Put the executable into the job's temporary folder as ccaas-token, where later steps can call it.", "false")
    { IsSwitch = true });
    public static InputDefinition Revoke { get; } = Add(
        new("revoke", "Revoke the token when the job ends, whether it failed or not.", "false") { IsSwitch = true });

    // Network and retries.
    public static InputDefinition Timeout { get; } = Add(
        new("timeout", "Time for everything together, retries included, such as 60s or 2m.", "60s"));
    public static InputDefinition MaxAttempts { get; } = Add(
        new("max-attempts", "How many times a request is tried at most, from 1 to 20.", "5"));
    public static InputDefinition CaCertificate { get; } = Add(new("ca-certificate",
        "PEM text, or the path of a PEM file, of certificate authorities to trust besides the system's.")
    { MayHaveLines = true });
    public static InputDefinition ClientCertificate { get; } = Add(
        new("client-certificate", "For mutual TLS: the client's certificate, PEM text or the path of a PEM file.") { MayHaveLines = true });
    public static InputDefinition ClientKey { get; } = Add(new("client-key",
        "For mutual TLS: the certificate's private key, PEM text or the path of a PEM file. Take the text from a secret store.")
    { IsSecret = true, MayBePath = true });
    public static InputDefinition ClientKeyFile { get; } = File("client-key-file", ClientKey, "certificate's private key");

    // Command line only.
    public static InputDefinition AccessToken { get; } = Add(new("access-token",
        "The token to revoke; from access-token-file, else from the variable that environment-variable names.")
    { IsSecret = true, IsOptionOnly = true });
    public static InputDefinition AccessTokenFile { get; } = File("access-token-file", AccessToken, "token to revoke");
    public static InputDefinition Format { get; } = Add(new("format",
        "What standard output holds on a plain terminal: text (the token alone), json or dotenv.", "text")
    { IsOptionOnly = true });

    public static IReadOnlyList<InputDefinition> All => Declared;

    /// <summary>The inputs of the action and the task.</summary>
    public static IEnumerable<InputDefinition> OfAction => Declared.Where(input => !input.IsOptionOnly);

    /// <exception cref="InvalidOperationException">There is no such input.</exception>
    public static InputDefinition Get(string name) => Declared.Single(input => input.Name == name);

    private static InputDefinition ProviderSpecific(InputDefinition input) => Add(input with { IsProviderSpecific = true });

    private static InputDefinition File(string name, InputDefinition secret, string title) =>
        Add(new(name, $"A file that holds the {title}, or - for standard input.") { IsOptionOnly = true, FileOf = secret });

    private static InputDefinition Add(InputDefinition input)
    {
        Declared.Add(input);
        return input;
    }
}

/// <summary>One input of the public contract.</summary>
/// <param name="Name">Kebab-case, as in action.yml.</param>
/// <param name="Description">One sentence, the same in action.yml and in the help.</param>
/// <param name="Default">Null: no default.</param>
internal sealed record InputDefinition(string Name, string Description, string? Default = null)
{
    /// <summary>Never an option's value: other users of a machine can read process arguments.</summary>
    public bool IsSecret { get; init; }

    /// <summary>PEM text or the path of a PEM file. A path is not secret.</summary>
    public bool MayBePath { get; init; }

    /// <summary>An empty value is a value (such as "no export"), and not the same as not given.</summary>
    public bool AllowsEmpty { get; init; }

    /// <summary>Lists and PEM text have line breaks.</summary>
    public bool MayHaveLines { get; init; }

    /// <summary>Given on the command line only: not an input of the action or the task.</summary>
    public bool IsOptionOnly { get; init; }

    /// <summary>An option without a value.</summary>
    public bool IsSwitch { get; init; }

    /// <summary>The secret whose file this option names; null for every other input.</summary>
    public InputDefinition? FileOf { get; init; }

    /// <summary>Only some providers read it. With any other provider it is refused, because it would have no effect.</summary>
    public bool IsProviderSpecific { get; init; }

    /// <summary>May be missing in a job that gets a sealed token.</summary>
    public bool IsCredential { get; init; }

    /// <summary>Not a secret, but its value could contain one by mistake, so debug lines do not show it.</summary>
    public bool HidesValue { get; init; }

    /// <summary>The variable in which GitHub's runner passes the input: upper case, with hyphens.</summary>
    public string VariableName => $"INPUT_{Name.ToUpperInvariant()}";

    /// <summary>The variable in which the Azure Pipelines agent passes it; the task's name is camel case (<c>clientId</c>).</summary>
    public string AgentVariableName => VariableName.Replace("-", "", StringComparison.Ordinal);

    /// <summary>For shells, which cannot set a name with a hyphen.</summary>
    public string ShellVariableName => VariableName.Replace('-', '_');

    /// <summary>For scripts: the tasks Bash@3 and CmdLine@2 of Azure Pipelines delete <c>INPUT_</c> from a script's environment.</summary>
    public string ScriptVariableName => $"CCAAS_{Name.ToUpperInvariant().Replace('-', '_')}";

    /// <summary>A script of a job may get it from the environment; an earlier step could have set any other input there.</summary>
    public bool IsGivenToScripts => (IsSecret || IsCredential) && !IsOptionOnly;

    /// <summary>All of the names above. The token is exported as <c>CCAAS_ACCESS_TOKEN</c>, so that is not an input's.</summary>
    public IEnumerable<string> VariableNames =>
        [VariableName, ShellVariableName, AgentVariableName, .. IsOptionOnly ? [] : new[] { ScriptVariableName }];

    public static implicit operator string(InputDefinition input) => input.Name;
}
