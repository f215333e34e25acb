using System.Diagnostics.CodeAnalysis;
using CommandLine;

namespace Ccaas.Action.Inputs;

/// <summary>The options of every verb. No secret is among them. Values are texts; Input and InputReader give them their meaning.</summary>
[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)]
internal abstract class RequestOptions
{
    [Option("provider")] public string? Provider { get; set; }
    [Option("region")] public string? Region { get; set; }
    [Option("account")] public string? Account { get; set; }
    [Option("flow")] public string? Flow { get; set; }
    [Option("client-id")] public string? ClientId { get; set; }
    [Option("client-secret-file")] public string? ClientSecretFile { get; set; }
    [Option("access-key-id")] public string? AccessKeyId { get; set; }
    [Option("access-key-secret-file")] public string? AccessKeySecretFile { get; set; }
    [Option("client-authentication")] public string? ClientAuthentication { get; set; }
    [Option("private-key-file")] public string? PrivateKeyFile { get; set; }
    [Option("key-id")] public string? KeyId { get; set; }
    [Option("signing-algorithm")] public string? SigningAlgorithm { get; set; }
    [Option("assertion-audience")] public string? AssertionAudience { get; set; }
    [Option("assertion-type")] public string? AssertionType { get; set; }
    [Option("scope")] public string? Scope { get; set; }
    [Option("audience")] public string? Audience { get; set; }
    [Option("resource")] public string? Resource { get; set; }
    [Option("parameters")] public string? Parameters { get; set; }
    [Option("issuer")] public string? Issuer { get; set; }
    [Option("token-url")] public string? TokenUrl { get; set; }
    [Option("revocation-url")] public string? RevocationUrl { get; set; }
    [Option("api-url")] public string? ApiUrl { get; set; }
    [Option("environment-variable")] public string? EnvironmentVariable { get; set; }
    [Option("timeout")] public string? Timeout { get; set; }
    [Option("max-attempts")] public string? MaxAttempts { get; set; }
    [Option("ca-certificate")] public string? CaCertificate { get; set; }
    [Option("client-certificate")] public string? ClientCertificate { get; set; }
    [Option("client-key-file")] public string? ClientKeyFile { get; set; }

    /// <summary>Arguments that belong to no option; all are refused.</summary>
    [Value(0)]
    public IEnumerable<string> Words { get; set; } = [];
}

/// <summary>The options of every verb that obtains a token.</summary>
internal abstract class TokenOptions : RequestOptions
{
    [Option("tool-environment")] public bool ToolEnvironment { get; set; }
    [Option("verify")] public bool Verify { get; set; }
    [Option("allowed-organizations")] public string? AllowedOrganizations { get; set; }
    [Option("minimum-validity")] public string? MinimumValidity { get; set; }
    [Option("cache")] public string? Cache { get; set; }
    [Option("cache-required")] public bool CacheRequired { get; set; }
    [Option("sealed-token")] public string? SealedToken { get; set; }
    [Option("seal-key-file")] public string? SealKeyFile { get; set; }
}

[Verb("acquire", isDefault: true)]
internal sealed class AcquireOptions : TokenOptions
{
    [Option("seal")] public bool Seal { get; set; }
    [Option("install")] public bool Install { get; set; }
    [Option("revoke")] public bool Revoke { get; set; }
    [Option("format")] public string? Format { get; set; }
}

[Verb("get")]
internal sealed class GetOptions : TokenOptions;

[Verb("exec")]
internal sealed class ExecOptions : TokenOptions;

[Verb("revoke")]
internal sealed class RevokeOptions : RequestOptions
{
    [Option("access-token-file")] public string? AccessTokenFile { get; set; }
}
