namespace Ccaas.Action.Inputs;

/// <summary>The names of the inputs: the same in action.yml and as options.</summary>
internal static class InputNames
{
    public const string Provider = "provider";
    public const string Region = "region";
    public const string ClientId = "client-id";
    public const string ClientSecret = "client-secret";
    public const string TokenUrl = "token-url";
    public const string ApiUrl = "api-url";
    public const string EnvironmentVariable = "environment-variable";
    public const string ToolEnvironment = "tool-environment";
    public const string Verify = "verify";
    public const string AllowedOrganizations = "allowed-organizations";
    public const string MinimumValidity = "minimum-validity";
    public const string Timeout = "timeout";
    public const string MaxAttempts = "max-attempts";
    public const string CaCertificate = "ca-certificate";

    /// <summary>An option only: on a plain terminal, where the client secret is read from; <c>-</c> is standard input.</summary>
    public const string ClientSecretFile = "client-secret-file";

    /// <summary>An option only: on a plain terminal, what standard output holds.</summary>
    public const string Format = "format";
}
