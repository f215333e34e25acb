namespace Ccaas.Action.CiSystems.AzurePipelines;

/// <summary>
/// Reads the task's inputs, whose names are camel case, and then what a service connection holds. A script step is given
/// credentials alone, by the same names as elsewhere.
/// </summary>
internal static partial class AgentInputs
{
    public static void ReadInto(InputValues values, InputProblems problems, ProcessEnvironment environment, bool isStep)
    {
        if (!isStep)
        {
            EnvironmentInputs.ReadScript(values, problems, environment, (input, value, variable) => Offer(values, problems, input, variable, value));
            return;
        }

        foreach (var input in Input.All.Where(input => !input.IsOptionOnly))
        {
            Offer(values, problems, input, input.AgentVariableName, environment.Variable(input.AgentVariableName)?.Trim());
        }

        foreach (var (input, value, source) in ServiceConnection.Read(environment))
        {
            Offer(values, problems, Input.Get(input), source, value);
        }
    }

    private static void Offer(InputValues values, InputProblems problems, InputDefinition input, string source, string? value)
    {
        if (value is null)
        {
            return;
        }

        if (Reference().Match(value) is { Success: true } reference)
        {
            // The agent leaves what it cannot replace as it stands.
            problems.Settle(input.Name, $"is $({reference.Groups[1].Value}) to the letter, because no variable of that name is set; check its spelling, that its variable group is linked to this pipeline, and that this run may read it (builds of forks may not).");
            return;
        }

        if (value.Length > 0 || input.CanBeEmpty)
        {
            values.Offer(input.Name, value, source);
        }
    }

    [GeneratedRegex(@"^\$\(([\w.\-]{1,100})\)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}

/// <summary>
/// What a service connection holds: its authorization parameters, each of which the agent masks, and its data, which it does
/// not. Credentials are among the first, region and the like among the second.
/// </summary>
internal static class ServiceConnection
{
    /// <summary>The task's inputs that name a connection, by the provider they are for.</summary>
    private static readonly (string Provider, string Input)[] Connections = [("genesys-cloud", "GENESYSCONNECTION"), ("nice-cxone", "CXONECONNECTION")];

    private static readonly (string Parameter, string Input)[] Secrets =
    [
        // The Basic scheme calls them so, whatever the connection's page shows.
        ("USERNAME", Input.ClientId),
        ("PASSWORD", Input.ClientSecret),
        ("ACCESSKEYID", Input.AccessKeyId),
        ("ACCESSKEYSECRET", Input.AccessKeySecret),
    ];

    private static readonly (string Data, string Input)[] Open =
        [("REGION", Input.Region), ("ISSUER", Input.Issuer), ("FLOW", Input.Flow)];

    /// <returns>Input, value and where it stands; nothing when no connection is named for the provider that is asked for.</returns>
    public static IEnumerable<(string Input, string Value, string Source)> Read(ProcessEnvironment environment) =>
        from connection in Connections
        where environment.IsSet("INPUT_PROVIDER", connection.Provider)
        // The agent writes ids in small letters, however the pipeline does.
        let id = environment.Variable($"INPUT_{connection.Input}")?.Trim().ToLowerInvariant()
        where !string.IsNullOrEmpty(id)
        from entry in Secrets.Select(secret => (secret.Input, Name: $"ENDPOINT_AUTH_PARAMETER_{id}_{secret.Parameter}"))
            .Concat(Open.Select(open => (open.Input, Name: $"ENDPOINT_DATA_{id}_{open.Data}")))
        let value = environment.Variable(entry.Name)?.Trim()
        where !string.IsNullOrEmpty(value)
        select (entry.Input, value, "the service connection");
}
