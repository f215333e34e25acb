namespace Ccaas.Action.Inputs;

/// <summary>
/// Reads inputs from the environment. In a job, only what the CI system itself passes to this step counts: an earlier step can
/// set every other variable, so none of them may say where a credential goes (docs/decisions/0017-who-decides-where-a-credential-goes.md).
/// </summary>
internal static class EnvironmentInputs
{
    /// <summary>A step of GitHub Actions: the runner sets every declared input in this spelling, those that are not given as empty texts.</summary>
    public static void ReadStepInto(InputValues values, ProcessEnvironment environment)
    {
        foreach (var input in Input.All.Where(input => !input.IsOptionOnly))
        {
            if (environment.Variable(input.VariableName)?.Trim() is { } value)
            {
                values.Offer(input.Name, value, input.VariableName);
            }
        }
    }

    /// <summary>A script of a job: credentials alone, by the names that a shell can set.</summary>
    /// <param name="values">Takes them, and what was ignored.</param>
    /// <param name="problems">Told of two variables that differ.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="offer">Takes input, value and variable.</param>
    public static void ReadScript(InputValues values, InputProblems problems, ProcessEnvironment environment, Action<InputDefinition, string, string> offer)
    {
        foreach (var input in Input.All.Where(input => !input.IsOptionOnly))
        {
            if (input.IsGivenToScripts)
            {
                Read(input, [input.ScriptVariableName, input.ShellVariableName], values, problems, environment, offer);
            }
            else if (input.VariableNames.FirstOrDefault(name => environment.Variable(name) is { Length: > 0 }) is { } ignored)
            {
                values.Ignore(input.Name, ignored);
            }
        }
    }

    /// <summary>A plain terminal: every input, in every spelling; whoever sets its environment also runs the program.</summary>
    public static void ReadTerminalInto(InputValues values, InputProblems problems, ProcessEnvironment environment)
    {
        foreach (var input in Input.All.Where(input => !input.IsOptionOnly))
        {
            Read(input, [input.ScriptVariableName, input.VariableName, input.ShellVariableName], values, problems, environment,
                (_, value, variable) => values.Offer(input.Name, value, variable));
        }
    }

    private static void Read(InputDefinition input, IEnumerable<string> names, InputValues values, InputProblems problems, ProcessEnvironment environment, Action<InputDefinition, string, string> offer)
    {
        if (values.Given(input.Name) is not null)
        {
            return;
        }

        // An empty text means "not given" for most inputs; then another spelling may still hold one.
        var given = (from name in names.Distinct(StringComparer.Ordinal)
                     let value = environment.Variable(name)?.Trim()
                     where value is not null
                     orderby value.Length == 0
                     select (Name: name, Value: value)).ToList();
        if (given.Find(other => other.Value.Length > 0 && other.Value != given[0].Value) is { Name: { } differing })
        {
            // Neither wins: an earlier step could have set it beside the one that the author gives.
            problems.Add(input.Name, $"{given[0].Name} and {differing} are both set and differ; keep one of them.");
        }

        if (given.Count > 0)
        {
            offer(input, given[0].Value, given[0].Name);
        }
    }
}
