using CommandLine;

namespace Ccaas.Action.CommandLine;

/// <summary>The options of <c>ccaas-token get</c>.</summary>
[Verb("get")]
internal sealed class GetOptions : TokenOptions;
