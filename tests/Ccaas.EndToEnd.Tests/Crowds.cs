namespace Ccaas.EndToEnd.Tests;

/// <summary>Tests that take all of the machine, or measure time on it. They run one by one, after everything else.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Crowds
{
    public const string Name = "crowds";
}
