using Ccaas.Action.Inputs;
using CommandLine;

namespace Ccaas.Action.CommandLine;

/// <summary>The options of <c>ccaas-token acquire</c>, the verb that is meant when none is named.</summary>
[Verb("acquire", isDefault: true)]
internal sealed class AcquireOptions : RequestOptions
{
    [Option(InputNames.ToolEnvironment)]
    public bool ToolEnvironment { get; set; }

    [Option(InputNames.Verify)]
    public bool Verify { get; set; }

    [Option(InputNames.AllowedOrganizations)]
    public string? AllowedOrganizations { get; set; }

    [Option(InputNames.MinimumValidity)]
    public string? MinimumValidity { get; set; }

    [Option(InputNames.Revoke)]
    public bool Revoke { get; set; }

    [Option(InputNames.Format)]
    public string? Format { get; set; }

    public override IEnumerable<(string Name, string? Value)> Given() =>
    [
        .. base.Given(),
        (InputNames.ToolEnvironment, ToolEnvironment ? "true" : null),
        (InputNames.Verify, Verify ? "true" : null),
        (InputNames.AllowedOrganizations, AllowedOrganizations),
        (InputNames.MinimumValidity, MinimumValidity),
        (InputNames.Revoke, Revoke ? "true" : null),
        (InputNames.Format, Format),
    ];
}
