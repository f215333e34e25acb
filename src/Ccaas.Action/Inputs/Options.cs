using CommandLine;

namespace Ccaas.Action.Inputs;

/// <summary>
/// The options that every verb has. Texts only: what they mean is decided where the inputs from the environment are read, too.
/// No secret is among them.
/// </summary>
internal abstract class RequestOptions
{
    [Option(InputNames.Provider)]
    public string? Provider { get; set; }

    [Option(InputNames.Region)]
    public string? Region { get; set; }

    [Option(InputNames.Account)]
    public string? Account { get; set; }

    [Option(InputNames.Flow)]
    public string? Flow { get; set; }

    [Option(InputNames.ClientId)]
    public string? ClientId { get; set; }

    [Option(InputNames.ClientSecretFile)]
    public string? ClientSecretFile { get; set; }

    [Option(InputNames.AccessKeyId)]
    public string? AccessKeyId { get; set; }

    [Option(InputNames.AccessKeySecretFile)]
    public string? AccessKeySecretFile { get; set; }

    [Option(InputNames.ClientAuthentication)]
    public string? ClientAuthentication { get; set; }

    [Option(InputNames.PrivateKeyFile)]
    public string? PrivateKeyFile { get; set; }

    [Option(InputNames.KeyId)]
    public string? KeyId { get; set; }

    [Option(InputNames.SigningAlgorithm)]
    public string? SigningAlgorithm { get; set; }

    [Option(InputNames.AssertionAudience)]
    public string? AssertionAudience { get; set; }

    [Option(InputNames.Scope)]
    public string? Scope { get; set; }

    [Option(InputNames.Audience)]
    public string? Audience { get; set; }

    [Option(InputNames.Resource)]
    public string? Resource { get; set; }

    [Option(InputNames.Parameters)]
    public string? Parameters { get; set; }

    [Option(InputNames.Issuer)]
    public string? Issuer { get; set; }

    [Option(InputNames.TokenUrl)]
    public string? TokenUrl { get; set; }

    [Option(InputNames.RevocationUrl)]
    public string? RevocationUrl { get; set; }

    [Option(InputNames.ApiUrl)]
    public string? ApiUrl { get; set; }

    [Option(InputNames.EnvironmentVariable)]
    public string? EnvironmentVariable { get; set; }

    [Option(InputNames.Timeout)]
    public string? Timeout { get; set; }

    [Option(InputNames.MaxAttempts)]
    public string? MaxAttempts { get; set; }

    [Option(InputNames.CaCertificate)]
    public string? CaCertificate { get; set; }

    [Option(InputNames.ClientCertificate)]
    public string? ClientCertificate { get; set; }

    [Option(InputNames.ClientKeyFile)]
    public string? ClientKeyFile { get; set; }

    /// <summary>Words that belong to no option; there is no use for any.</summary>
    [Value(0)]
    public IEnumerable<string> Words { get; set; } = [];

    /// <summary>What was given, by input.</summary>
    public virtual IEnumerable<(string Name, string? Value)> Given() =>
    [
        (InputNames.Provider, Provider),
        (InputNames.Region, Region),
        (InputNames.Account, Account),
        (InputNames.Flow, Flow),
        (InputNames.ClientId, ClientId),
        (InputNames.ClientSecretFile, ClientSecretFile),
        (InputNames.AccessKeyId, AccessKeyId),
        (InputNames.AccessKeySecretFile, AccessKeySecretFile),
        (InputNames.ClientAuthentication, ClientAuthentication),
        (InputNames.PrivateKeyFile, PrivateKeyFile),
        (InputNames.KeyId, KeyId),
        (InputNames.SigningAlgorithm, SigningAlgorithm),
        (InputNames.AssertionAudience, AssertionAudience),
        (InputNames.Scope, Scope),
        (InputNames.Audience, Audience),
        (InputNames.Resource, Resource),
        (InputNames.Parameters, Parameters),
        (InputNames.Issuer, Issuer),
        (InputNames.TokenUrl, TokenUrl),
        (InputNames.RevocationUrl, RevocationUrl),
        (InputNames.ApiUrl, ApiUrl),
        (InputNames.EnvironmentVariable, EnvironmentVariable),
        (InputNames.Timeout, Timeout),
        (InputNames.MaxAttempts, MaxAttempts),
        (InputNames.CaCertificate, CaCertificate),
        (InputNames.ClientCertificate, ClientCertificate),
        (InputNames.ClientKeyFile, ClientKeyFile),
    ];
}

/// <summary>The options of every verb that ends in a token.</summary>
internal abstract class TokenOptions : RequestOptions
{
    [Option(InputNames.ToolEnvironment)]
    public bool ToolEnvironment { get; set; }

    [Option(InputNames.Verify)]
    public bool Verify { get; set; }

    [Option(InputNames.AllowedOrganizations)]
    public string? AllowedOrganizations { get; set; }

    [Option(InputNames.MinimumValidity)]
    public string? MinimumValidity { get; set; }

    [Option(InputNames.Cache)]
    public string? Cache { get; set; }

    [Option(InputNames.CacheRequired)]
    public bool CacheRequired { get; set; }

    [Option(InputNames.SealedToken)]
    public string? SealedToken { get; set; }

    [Option(InputNames.SealKeyFile)]
    public string? SealKeyFile { get; set; }

    public override IEnumerable<(string Name, string? Value)> Given() =>
    [
        .. base.Given(),
        (InputNames.ToolEnvironment, ToolEnvironment ? "true" : null),
        (InputNames.Verify, Verify ? "true" : null),
        (InputNames.AllowedOrganizations, AllowedOrganizations),
        (InputNames.MinimumValidity, MinimumValidity),
        (InputNames.Cache, Cache),
        (InputNames.CacheRequired, CacheRequired ? "true" : null),
        (InputNames.SealedToken, SealedToken),
        (InputNames.SealKeyFile, SealKeyFile),
    ];
}

/// <summary>The options of <c>ccaas-token acquire</c>, the verb that is meant when none is named.</summary>
[Verb("acquire", isDefault: true)]
internal sealed class AcquireOptions : TokenOptions
{
    [Option(InputNames.Seal)]
    public bool Seal { get; set; }

    [Option(InputNames.Install)]
    public bool Install { get; set; }

    [Option(InputNames.Revoke)]
    public bool Revoke { get; set; }

    [Option(InputNames.Format)]
    public string? Format { get; set; }

    public override IEnumerable<(string Name, string? Value)> Given() =>
    [
        .. base.Given(),
        (InputNames.Seal, Seal ? "true" : null),
        (InputNames.Install, Install ? "true" : null),
        (InputNames.Revoke, Revoke ? "true" : null),
        (InputNames.Format, Format),
    ];
}

/// <summary>The options of <c>ccaas-token get</c>.</summary>
[Verb("get")]
internal sealed class GetOptions : TokenOptions;

/// <summary>The options of <c>ccaas-token exec</c>, which stand before the two hyphens.</summary>
[Verb("exec")]
internal sealed class ExecOptions : TokenOptions;

/// <summary>The options of <c>ccaas-token revoke</c>.</summary>
[Verb("revoke")]
internal sealed class RevokeOptions : RequestOptions
{
    [Option(InputNames.AccessTokenFile)]
    public string? AccessTokenFile { get; set; }

    public override IEnumerable<(string Name, string? Value)> Given() => [.. base.Given(), (InputNames.AccessTokenFile, AccessTokenFile)];
}
