using Ccaas.Action.Inputs;
using CommandLine;

namespace Ccaas.Action.CommandLine;

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
