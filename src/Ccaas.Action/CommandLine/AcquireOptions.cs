using Ccaas.Action.Inputs;
using CommandLine;

namespace Ccaas.Action.CommandLine;

/// <summary>
/// The options of <c>ccaas-token acquire</c>. Texts only: what they mean is decided where the inputs from the environment
/// are read, too. No secret is among them.
/// </summary>
[Verb("acquire", isDefault: true)]
internal sealed class AcquireOptions
{
    [Option(InputNames.Provider)]
    public string? Provider { get; set; }

    [Option(InputNames.Region)]
    public string? Region { get; set; }

    [Option(InputNames.ClientId)]
    public string? ClientId { get; set; }

    [Option(InputNames.ClientSecretFile)]
    public string? ClientSecretFile { get; set; }

    [Option(InputNames.TokenUrl)]
    public string? TokenUrl { get; set; }

    [Option(InputNames.ApiUrl)]
    public string? ApiUrl { get; set; }

    [Option(InputNames.EnvironmentVariable)]
    public string? EnvironmentVariable { get; set; }

    [Option(InputNames.ToolEnvironment)]
    public bool ToolEnvironment { get; set; }

    [Option(InputNames.Verify)]
    public bool Verify { get; set; }

    [Option(InputNames.AllowedOrganizations)]
    public string? AllowedOrganizations { get; set; }

    [Option(InputNames.MinimumValidity)]
    public string? MinimumValidity { get; set; }

    [Option(InputNames.Timeout)]
    public string? Timeout { get; set; }

    [Option(InputNames.MaxAttempts)]
    public string? MaxAttempts { get; set; }

    [Option(InputNames.CaCertificate)]
    public string? CaCertificate { get; set; }

    [Option(InputNames.Format)]
    public string? Format { get; set; }

    /// <summary>Words that belong to no option; there is no use for any.</summary>
    [Value(0)]
    public IEnumerable<string> Words { get; set; } = [];

    /// <summary>What was given, by input.</summary>
    public IEnumerable<(string Name, string? Value)> Given() =>
    [
        (InputNames.Provider, Provider),
        (InputNames.Region, Region),
        (InputNames.ClientId, ClientId),
        (InputNames.ClientSecretFile, ClientSecretFile),
        (InputNames.TokenUrl, TokenUrl),
        (InputNames.ApiUrl, ApiUrl),
        (InputNames.EnvironmentVariable, EnvironmentVariable),
        (InputNames.ToolEnvironment, ToolEnvironment ? "true" : null),
        (InputNames.Verify, Verify ? "true" : null),
        (InputNames.AllowedOrganizations, AllowedOrganizations),
        (InputNames.MinimumValidity, MinimumValidity),
        (InputNames.Timeout, Timeout),
        (InputNames.MaxAttempts, MaxAttempts),
        (InputNames.CaCertificate, CaCertificate),
        (InputNames.Format, Format),
    ];
}
