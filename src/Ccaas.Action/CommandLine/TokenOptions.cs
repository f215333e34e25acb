using Ccaas.Action.Inputs;
using CommandLine;

namespace Ccaas.Action.CommandLine;

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
