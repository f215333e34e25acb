namespace Ccaas.Action.CiSystems.AzurePipelines;

/// <summary>Reads the task's inputs, whose names are camel case, then the service connection. A script gives credentials only.</summary>
internal static partial class AgentInputs
{
    public static void ReadInto(InputValues values, InputProblems problems, ProcessEnvironment environment, bool isStep)
    {
        if (!isStep)
        {
            foreach (var (input, value, variable) in new EnvironmentInputs(values, problems, environment).ReadScript())
            {
                Offer(input, value, variable);
            }

            return;
        }

        foreach (var input in Input.OfAction)
        {
            if (environment.Variable(input.AgentVariableName)?.Trim() is { } value)
            {
                Offer(input, value, input.AgentVariableName);
            }
        }

        foreach (var (input, value) in ServiceConnection.Read(environment))
        {
            Offer(Input.Get(input), value, "the service connection");
        }

        void Offer(InputDefinition input, string value, string source)
        {
            if (UnresolvedVariable().Match(value) is { Success: true } match)
            {
                problems.AddFinal(
                    input.Name,
                    $"is $({match.Groups[1].Value}) to the letter, because no variable of that name is set; check its spelling, "
                    + "that its variable group is linked to this pipeline, and that this run may read it (builds of forks may not).");
            }
            else if (value.Length > 0 || input.AllowsEmpty)
            {
                values.Offer(input.Name, value, source);
            }
        }
    }

    // The agent passes a reference that it cannot resolve as it is.
    [GeneratedRegex(@"^\$\(([\w.\-]{1,100})\)\z", RegexOptions.CultureInvariant)]
    private static partial Regex UnresolvedVariable();
}

internal static class ServiceConnection
{
    /// <summary>The task's inputs that name a connection, for each provider.</summary>
    private static readonly (string Provider, string Input)[] Connections =
        [("genesys-cloud", "GENESYSCONNECTION"), ("nice-cxone", "CXONECONNECTION")];

    /// <summary>The connection's fields: AUTH_PARAMETER is a credential, which the agent masks; DATA is not masked.</summary>
    private static readonly (string Kind, string Field, string Input)[] Fields =
    [
        // The connection's page may show other names; these are those of the Basic scheme.
        ("AUTH_PARAMETER", "USERNAME", Input.ClientId),
        ("AUTH_PARAMETER", "PASSWORD", Input.ClientSecret),
        ("AUTH_PARAMETER", "ACCESSKEYID", Input.AccessKeyId),
        ("AUTH_PARAMETER", "ACCESSKEYSECRET", Input.AccessKeySecret),
        ("DATA", "REGION", Input.Region),
        ("DATA", "ISSUER", Input.Issuer),
        ("DATA", "FLOW", Input.Flow),
    ];

    /// <returns>Empty when the task names no connection for its provider.</returns>
    public static IEnumerable<(string Input, string Value)> Read(ProcessEnvironment environment) =>
        from connection in Connections
        where environment.IsSet("INPUT_PROVIDER", connection.Provider)
        // The agent names the variables with the id in lower case, whatever the pipeline wrote.
        let id = environment.Variable($"INPUT_{connection.Input}")?.Trim().ToLowerInvariant()
        where !string.IsNullOrEmpty(id)
        from field in Fields
        let value = environment.Variable($"ENDPOINT_{field.Kind}_{id}_{field.Field}")?.Trim()
        where !string.IsNullOrEmpty(value)
        select (field.Input, value);
}
