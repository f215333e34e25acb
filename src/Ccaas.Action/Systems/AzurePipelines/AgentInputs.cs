using System.Text.RegularExpressions;
using Ccaas.Action.Foundation;
using Ccaas.Action.Inputs;

namespace Ccaas.Action.Systems.AzurePipelines;

/// <summary>
/// Reads the task's inputs, whose names are camel case, and then what a service connection holds. A script step is given
/// credentials alone, by the same names as elsewhere.
/// </summary>
internal static partial class AgentInputs
{
    public static void ReadInto(InputValues values, InputProblems problems, Surroundings surroundings, bool isStep)
    {
        if (!isStep)
        {
            EnvironmentInputs.ReadScript(values, problems, surroundings, (input, value, variable) => Offer(values, problems, input, variable, value));
            return;
        }

        foreach (var input in InputCatalog.All.Where(input => !input.IsOptionOnly))
        {
            Offer(values, problems, input, input.AgentVariableName, surroundings.Variable(input.AgentVariableName)?.Trim());
        }

        foreach (var (input, value, source) in ServiceConnection.Read(surroundings))
        {
            Offer(values, problems, InputCatalog.Get(input), source, value);
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

        if (value.Length > 0 || input.EmptyIsAnAnswer)
        {
            values.Offer(input.Name, value, source);
        }
    }

    [GeneratedRegex(@"^\$\(([\w.\-]{1,100})\)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
