using Ccaas.Action.Inputs;
using CommandLine;

namespace Ccaas.Action.CommandLine;

/// <summary>The options of <c>ccaas-token revoke</c>.</summary>
[Verb("revoke")]
internal sealed class RevokeOptions : RequestOptions
{
    [Option(InputNames.AccessTokenFile)]
    public string? AccessTokenFile { get; set; }

    public override IEnumerable<(string Name, string? Value)> Given() => [.. base.Given(), (InputNames.AccessTokenFile, AccessTokenFile)];
}
