namespace Ccaas.Action.Inputs;

/// <summary>Every input there is, in the order in which people meet them. A test holds action.yml and the options against it.</summary>
internal static class InputCatalog
{
    public static IReadOnlyList<InputDefinition> All { get; } =
    [
        new(InputNames.Provider, "Who issues the token: genesys-cloud, nice-cxone, salesforce, talkdesk, zoom, or oauth2 for any other OAuth 2.0 server."),
        Own(InputNames.Region, "Where your organisation lives. Genesys Cloud: an AWS name (eu-west-1) or a domain (mypurecloud.ie); us-east-1 when not given. NICE CXone: an area (na1). Talkdesk: us, eu, ca or au."),
        Own(InputNames.Account, "Salesforce: the My Domain name. Talkdesk: the account's name. Zoom: the account's id."),
        Own(InputNames.Flow, "NICE CXone: password, access-key or client-credentials; by which credentials are given when it is not."),
        Own(InputNames.ClientId, "The OAuth client's id.") with { IsCredential = true },
        Own(InputNames.ClientSecret, "The OAuth client's secret. Take it from a secret store, never from the file itself.") with { IsSecret = true, IsCredential = true },
        FileOption(InputNames.ClientSecretFile, InputNames.ClientSecret, "client secret"),
        Own(InputNames.AccessKeyId, "NICE CXone: the access key's id.") with { IsCredential = true },
        Own(InputNames.AccessKeySecret, "NICE CXone: the access key's secret. Take it from a secret store.") with { IsSecret = true, IsCredential = true },
        FileOption(InputNames.AccessKeySecretFile, InputNames.AccessKeySecret, "access key's secret"),
        Own(InputNames.ClientAuthentication, "How the client proves itself: basic (form-encoded as RFC 6749 asks), basic-raw, post, private-key-jwt or tls-client-auth; the provider's own way when not given."),
        Own(InputNames.PrivateKey, "For private-key-jwt: the private key, PEM text or the path of a PEM file. Take the text from a secret store.") with { IsSecret = true, MayBePath = true, IsCredential = true },
        FileOption(InputNames.PrivateKeyFile, InputNames.PrivateKey, "private key"),
        Own(InputNames.KeyId, "For private-key-jwt: the name under which the server knows the key (kid)."),
        Own(InputNames.SigningAlgorithm, "For private-key-jwt: RS256, PS256 or ES256; what fits the key when not given."),
        Own(InputNames.AssertionAudience, "For private-key-jwt: whom the assertion is for (aud); the token endpoint when not given."),
        Own(InputNames.Scope, "Scopes to ask for, separated by spaces."),
        Own(InputNames.Audience, "The API that the token is for, where the server asks for an audience."),
        Own(InputNames.Resource, "The resources that the token is for (RFC 8707), separated by spaces or line breaks.") with { MayHaveLines = true },
        Own(InputNames.Parameters, "More fields for the token request, one name=value a line.") with { MayHaveLines = true, IsUnshown = true },
        Own(InputNames.Issuer, "The authorization server's issuer, from whose metadata the endpoints are taken; https, or http on loopback.") with { IsUnshown = true },
        Own(InputNames.TokenUrl, "Token endpoint to use instead of the provider's; https, or http on loopback.") with { IsUnshown = true },
        Own(InputNames.RevocationUrl, "Revocation endpoint (RFC 7009) to use instead of the provider's; https, or http on loopback.") with { IsUnshown = true },
        Own(InputNames.ApiUrl, "API base address to use instead of the provider's; https, or http on loopback.") with { IsUnshown = true },
        new(InputNames.EnvironmentVariable, "Name under which later steps find the token; empty for no export.", "CCAAS_ACCESS_TOKEN") { EmptyIsAnAnswer = true },
        new(InputNames.ToolEnvironment, "Also export what the vendor's own tools read (Genesys Cloud: GENESYSCLOUD_ACCESS_TOKEN, GENESYSCLOUD_REGION, GENESYSCLOUD_API_REGION).", "false") { IsSwitch = true },
        new(InputNames.Verify, "Ask the vendor which organisation the token belongs to, and publish it.", "false") { IsSwitch = true },
        new(InputNames.AllowedOrganizations, "Organisation ids, separated by commas or line breaks; any other organisation fails the step. Implies verify.") { MayHaveLines = true },
        new(InputNames.MinimumValidity, "How long the token should last at least, such as 30s or 15m. One that is there already and lasts less is not handed out; a fresh one that lasts less is a warning.", "30s"),
        new(InputNames.Cache, "Which tokens are reused: job (among the steps of this job), off, or a store that machines share: azure-keyvault://VAULT/SECRET or aws-secretsmanager://REGION/SECRET.", "job"),
        new(InputNames.CacheRequired, "Fail when the cache cannot be used, in place of requesting a token without it.", "false") { IsSwitch = true },
        new(InputNames.SealedToken, "A token that another job has sealed: its output sealed-token. One that cannot be used is replaced by a fresh one, where credentials are given.") { IsUnshown = true },
        new(InputNames.Seal, "Also publish the token sealed, as the output sealed-token, which other jobs can be handed.", "false") { IsSwitch = true },
        new(InputNames.SealKey, "What tokens are sealed with between jobs: 128 random bits or more (openssl rand -base64 32); the credentials' own secret when not given. Take it from a secret store.") { IsSecret = true },
        FileOption(InputNames.SealKeyFile, InputNames.SealKey, "key to seal with"),
        new(InputNames.Install, "Put the executable into the job's temporary folder as ccaas-token, where later steps can call it.", "false") { IsSwitch = true },
        new(InputNames.Revoke, "Take the token back when the job ends, whether it failed or not.", "false") { IsSwitch = true },
        new(InputNames.Timeout, "Time for everything together, retries included, such as 60s or 2m.", "60s"),
        new(InputNames.MaxAttempts, "How many times a request is tried at most, from 1 to 20.", "5"),
        new(InputNames.CaCertificate, "PEM text, or the path of a PEM file, of certificate authorities to trust besides the system's.") { MayHaveLines = true },
        new(InputNames.ClientCertificate, "For mutual TLS: the client's certificate, PEM text or the path of a PEM file.") { MayHaveLines = true },
        new(InputNames.ClientKey, "For mutual TLS: the certificate's private key, PEM text or the path of a PEM file. Take the text from a secret store.") { IsSecret = true, MayBePath = true },
        FileOption(InputNames.ClientKeyFile, InputNames.ClientKey, "certificate's private key"),
        new(InputNames.AccessToken, "The token to revoke; from access-token-file, else from the variable that environment-variable names.") { IsSecret = true, IsOptionOnly = true },
        FileOption(InputNames.AccessTokenFile, InputNames.AccessToken, "token to revoke"),
        new(InputNames.Format, "What standard output holds on a plain terminal: text (the token alone), json or dotenv.", "text") { IsOptionOnly = true },
    ];

    public static InputDefinition Get(string name) => All.Single(input => input.Name == name);

    private static InputDefinition Own(string name, string description) => new(name, description) { IsProvidersOwn = true };

    private static InputDefinition FileOption(string name, string secret, string whatItIs) =>
        new(name, $"A file that holds the {whatItIs}, or - for standard input.") { IsOptionOnly = true, FileOf = secret };
}
