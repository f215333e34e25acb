namespace Ccaas.Action.Inputs;

/// <summary>
/// Reads inputs from the environment. In a job, only the variables that the CI system sets for this step count: an earlier step
/// can set any other variable, and must not decide where a credential is sent
/// (docs/decisions/0017-who-decides-where-a-credential-goes.md).
/// </summary>
internal static class EnvironmentInputs
{
    /// <summary>A step of GitHub Actions: the runner sets every declared input; an input that is not given is empty.</summary>
    public static void ReadStepInto(InputValues values, ProcessEnvironment environment)
    {
        foreach (var input in Input.OfAction)
        {
            if (environment.Variable(input.VariableName)?.Trim() is { } value)
            {
                values.Offer(input.Name, value, input.VariableName);
            }
        }
    }

    /// <summary>A script of a job: credentials only, under the names that a shell can set.</summary>
    /// <param name="values">Gets the variables that were ignored.</param>
    /// <param name="problems">Gets two variables with different values.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="offer">Called with input, value and variable.</param>
    public static void ReadScript(
        InputValues values, InputProblems problems, ProcessEnvironment environment, Action<InputDefinition, string, string> offer)
    {
        foreach (var input in Input.OfAction)
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

    /// <summary>A plain terminal: every input, in every spelling. Its user sets the environment and runs the program.</summary>
    public static void ReadTerminalInto(InputValues values, InputProblems problems, ProcessEnvironment environment)
    {
        foreach (var input in Input.OfAction)
        {
            Read(
                input, [input.ScriptVariableName, input.VariableName, input.ShellVariableName], values, problems, environment,
                (_, value, variable) => values.Offer(input.Name, value, variable));
        }
    }

    private static void Read(
        InputDefinition input, IEnumerable<string> names, InputValues values, InputProblems problems, ProcessEnvironment environment,
        Action<InputDefinition, string, string> offer)
    {
        if (values.Given(input.Name) is not null)
        {
            return;
        }

        // Empty values last: for most inputs they mean "not given".
        var given = (from name in names.Distinct(StringComparer.Ordinal)
                     let value = environment.Variable(name)?.Trim()
                     where value is not null
                     orderby value.Length == 0
                     select (Name: name, Value: value)).ToList();
        if (given.Find(other => other.Value.Length > 0 && other.Value != given[0].Value) is { Name: { } differing })
        {
            // Neither is preferred: an earlier step may have set one of them.
            problems.Add(input.Name, $"{given[0].Name} and {differing} are both set and differ; keep one of them.");
        }

        if (given.Count > 0)
        {
            offer(input, given[0].Value, given[0].Name);
        }
    }
}
