using Ccaas.Action.Inputs;
using CommandLine;

namespace Ccaas.Action.CommandLine;

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
