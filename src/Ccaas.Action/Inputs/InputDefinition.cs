namespace Ccaas.Action.Inputs;

/// <summary>One input of the public contract.</summary>
/// <param name="Name">Kebab-case, as in action.yml.</param>
/// <param name="Description">One sentence, the same in action.yml and in the help.</param>
/// <param name="Default">Null: no default.</param>
internal sealed record InputDefinition(string Name, string Description, string? Default = null)
{
    /// <summary>Never an option's value: other users of a machine can read process arguments.</summary>
    public bool IsSecret { get; init; }

    /// <summary>PEM text or the path of a PEM file. A path is not secret.</summary>
    public bool MayBePath { get; init; }

    /// <summary>An empty value is a value (such as "no export"), and not the same as not given.</summary>
    public bool AllowsEmpty { get; init; }

    /// <summary>Lists and PEM text have line breaks.</summary>
    public bool MayHaveLines { get; init; }

    /// <summary>Given on the command line only: not an input of the action or the task.</summary>
    public bool IsOptionOnly { get; init; }

    /// <summary>An option without a value.</summary>
    public bool IsSwitch { get; init; }

    /// <summary>The secret whose file this option names; null for every other input.</summary>
    public InputDefinition? FileOf { get; init; }

    /// <summary>Only some providers read it. With any other provider it is refused, because it would have no effect.</summary>
    public bool IsProviderSpecific { get; init; }

    /// <summary>May be missing in a job that gets a sealed token.</summary>
    public bool IsCredential { get; init; }

    /// <summary>Not a secret, but its value could contain one by mistake, so debug lines do not show it.</summary>
    public bool HidesValue { get; init; }

    /// <summary>The variable in which GitHub's runner passes the input: upper case, with hyphens.</summary>
    public string VariableName => $"INPUT_{Name.ToUpperInvariant()}";

    /// <summary>The variable in which the Azure Pipelines agent passes it; the task's name is camel case (<c>clientId</c>).</summary>
    public string AgentVariableName => VariableName.Replace("-", "", StringComparison.Ordinal);

    /// <summary>For shells, which cannot set a name with a hyphen.</summary>
    public string ShellVariableName => VariableName.Replace('-', '_');

    /// <summary>For scripts: the tasks Bash@3 and CmdLine@2 of Azure Pipelines delete <c>INPUT_</c> from a script's environment.</summary>
    public string ScriptVariableName => $"CCAAS_{Name.ToUpperInvariant().Replace('-', '_')}";

    /// <summary>A script of a job may get it from the environment; an earlier step could have set any other input there.</summary>
    public bool IsGivenToScripts => (IsSecret || IsCredential) && !IsOptionOnly;

    /// <summary>All of the names above. The token is exported as <c>CCAAS_ACCESS_TOKEN</c>, so that is not an input's.</summary>
    public IEnumerable<string> VariableNames =>
        [VariableName, ShellVariableName, AgentVariableName, .. IsOptionOnly ? [] : new[] { ScriptVariableName }];

    public static implicit operator string(InputDefinition input) => input.Name;
}
