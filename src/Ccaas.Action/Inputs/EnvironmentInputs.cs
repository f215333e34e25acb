namespace Ccaas.Action.Inputs;

/// <summary>
/// Reads inputs from the environment. In a job, only the variables that the CI system sets for this step count: an earlier step
/// can set any other variable, and must not decide where a credential is sent
/// (docs/decisions/0017-who-decides-where-a-credential-goes.md).
/// </summary>
internal sealed class EnvironmentInputs(InputValues values, InputProblems problems, ProcessEnvironment environment)
{
    /// <summary>A step of GitHub Actions: the runner sets every declared input; an input that is not given is empty.</summary>
    public void ReadStep()
    {
        foreach (var input in Input.OfAction)
        {
            if (environment.Variable(input.VariableName)?.Trim() is { } value)
            {
                values.Offer(input.Name, value, input.VariableName);
            }
        }
    }

    /// <returns>For a script of a job: the credentials (input, value, variable), under the names that a shell can set.</returns>
    public IReadOnlyList<(InputDefinition Input, string Value, string Variable)> ReadScript()
    {
        var credentials = new List<(InputDefinition, string, string)>();
        foreach (var input in Input.OfAction)
        {
            if (!input.IsGivenToScripts)
            {
                if (input.VariableNames.FirstOrDefault(name => environment.Variable(name) is { Length: > 0 }) is { } ignored)
                {
                    values.Ignore(input.Name, ignored);
                }
            }
            else if (Find(input, input.ScriptVariableName, input.ShellVariableName) is var (value, variable))
            {
                credentials.Add((input, value, variable));
            }
        }

        return credentials;
    }

    /// <summary>A plain terminal: every input, in every spelling. Its user sets the environment and runs the program.</summary>
    public void ReadTerminal()
    {
        foreach (var input in Input.OfAction)
        {
            if (Find(input, input.ScriptVariableName, input.VariableName, input.ShellVariableName) is var (value, variable))
            {
                values.Offer(input.Name, value, variable);
            }
        }
    }

    private (string Value, string Variable)? Find(InputDefinition input, params IEnumerable<string> names)
    {
        if (values.Given(input.Name) is not null)
        {
            return null;
        }

        // Empty values last: for most inputs they mean "not given".
        var given = (from name in names.Distinct(StringComparer.Ordinal)
                     let value = environment.Variable(name)?.Trim()
                     where value is not null
                     orderby value.Length == 0
                     select (Value: value, Variable: name)).ToList();
        if (given.Find(other => other.Value.Length > 0 && other.Value != given[0].Value) is { Variable: { } differing })
        {
            // Neither is preferred: an earlier step may have set one of them.
            problems.Add(input.Name, $"{given[0].Variable} and {differing} are both set and differ; keep one of them.");
        }

        return given.Count > 0 ? given[0] : null;
    }
}
