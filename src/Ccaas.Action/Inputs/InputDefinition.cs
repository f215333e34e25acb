namespace Ccaas.Action.Inputs;

/// <summary>One input of the public contract.</summary>
/// <param name="Name">Kebab-case, as in action.yml.</param>
/// <param name="Description">One sentence for people; the same in action.yml and in the help.</param>
/// <param name="Default">What holds when it is not given; null: nothing.</param>
internal sealed record InputDefinition(string Name, string Description, string? Default = null)
{
    /// <summary>A secret is never an option's value, because other users of a machine can read process arguments.</summary>
    public bool IsSecret { get; init; }

    /// <summary>PEM text or the path of a file that holds it; the path is no secret.</summary>
    public bool MayBePath { get; init; }

    /// <summary>An empty text is an answer (such as "no export") and not the same as not given.</summary>
    public bool CanBeEmpty { get; init; }

    /// <summary>Line breaks are a part of it: lists, and PEM text.</summary>
    public bool MayHaveLines { get; init; }

    /// <summary>Given on the command line alone; CI systems have other ways for it.</summary>
    public bool IsOptionOnly { get; init; }

    /// <summary>Given on the command line as a bare switch.</summary>
    public bool IsSwitch { get; init; }

    /// <summary>The secret whose file this option names; null for every other input.</summary>
    public InputDefinition? FileOf { get; init; }

    /// <summary>Read by some providers only; given to another one, it is refused, because it would have no effect.</summary>
    public bool IsProvidersOwn { get; init; }

    /// <summary>One of those that prove who asks. A job that is handed a sealed token may do without.</summary>
    public bool IsCredential { get; init; }

    /// <summary>No secret, but a text in which one may stand by mistake; not even debug lines show it.</summary>
    public bool IsUnshown { get; init; }

    /// <summary>The environment variable a CI runner hands it over in: upper-cased, hyphens kept.</summary>
    public string VariableName => $"INPUT_{Name.ToUpperInvariant()}";

    /// <summary>The same where names are camel case, as in Azure Pipelines: <c>clientId</c>, which arrives as <c>INPUT_CLIENTID</c>.</summary>
    public string AgentVariableName => VariableName.Replace("-", "", StringComparison.Ordinal);

    /// <summary>The same for shells, which cannot set a name that holds a hyphen.</summary>
    public string ShellVariableName => VariableName.Replace('-', '_');

    /// <summary>The same for scripts: the tasks Bash@3 and CmdLine@2 of Azure Pipelines delete <c>INPUT_</c> from a script's environment.</summary>
    public string ScriptVariableName => $"CCAAS_{Name.ToUpperInvariant().Replace('-', '_')}";

    /// <summary>A script of a job may be given it through the environment. Everything else there may be an earlier step's.</summary>
    public bool IsGivenToScripts => (IsSecret || IsCredential) && !IsOptionOnly;

    /// <summary>All of these. <c>CCAAS_ACCESS_TOKEN</c> is no input's, but what the token is exported under.</summary>
    public IEnumerable<string> VariableNames => [VariableName, ShellVariableName, AgentVariableName, .. IsOptionOnly ? [] : new[] { ScriptVariableName }];

    /// <summary>The name says which input is meant; its value is in <see cref="InputValues"/>.</summary>
    public static implicit operator string(InputDefinition input) => input.Name;
}
