using CommandLine;

namespace Ccaas.Action.CommandLine;

/// <summary>The options of <c>ccaas-token exec</c>, which stand before the two hyphens.</summary>
[Verb("exec")]
internal sealed class ExecOptions : TokenOptions;
