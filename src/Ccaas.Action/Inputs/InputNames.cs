namespace Ccaas.Action.Inputs;

/// <summary>The names of the inputs: the same in action.yml and as options.</summary>
internal static class InputNames
{
    public const string Provider = "provider";
    public const string Region = "region";
    public const string Account = "account";
    public const string Flow = "flow";
    public const string ClientId = "client-id";
    public const string ClientSecret = "client-secret";
    public const string AccessKeyId = "access-key-id";
    public const string AccessKeySecret = "access-key-secret";
    public const string ClientAuthentication = "client-authentication";
    public const string PrivateKey = "private-key";
    public const string KeyId = "key-id";
    public const string SigningAlgorithm = "signing-algorithm";
    public const string AssertionAudience = "assertion-audience";
    public const string Scope = "scope";
    public const string Audience = "audience";
    public const string Resource = "resource";
    public const string Parameters = "parameters";
    public const string Issuer = "issuer";
    public const string TokenUrl = "token-url";
    public const string RevocationUrl = "revocation-url";
    public const string ApiUrl = "api-url";
    public const string EnvironmentVariable = "environment-variable";
    public const string ToolEnvironment = "tool-environment";
    public const string Verify = "verify";
    public const string AllowedOrganizations = "allowed-organizations";
    public const string MinimumValidity = "minimum-validity";
    public const string Cache = "cache";
    public const string CacheRequired = "cache-required";
    public const string SealedToken = "sealed-token";
    public const string Seal = "seal";
    public const string SealKey = "seal-key";
    public const string Install = "install";
    public const string Revoke = "revoke";
    public const string Timeout = "timeout";
    public const string MaxAttempts = "max-attempts";
    public const string CaCertificate = "ca-certificate";
    public const string ClientCertificate = "client-certificate";
    public const string ClientKey = "client-key";

    /// <summary>Options only: on a plain terminal, where a secret is read from; <c>-</c> is standard input.</summary>
    public const string ClientSecretFile = "client-secret-file";
    public const string AccessKeySecretFile = "access-key-secret-file";
    public const string PrivateKeyFile = "private-key-file";
    public const string ClientKeyFile = "client-key-file";
    public const string SealKeyFile = "seal-key-file";

    /// <summary>For the verb revoke alone: the token to take back, which is never an option's value either.</summary>
    public const string AccessToken = "access-token";
    public const string AccessTokenFile = "access-token-file";

    /// <summary>An option only: on a plain terminal, what standard output holds.</summary>
    public const string Format = "format";
}
