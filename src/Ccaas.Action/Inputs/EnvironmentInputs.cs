using Ccaas.Action.Foundation;

namespace Ccaas.Action.Inputs;

/// <summary>Reads inputs as GitHub's runner and shells hand them over: <c>INPUT_</c> and the name upper-cased, hyphens kept or as underscores.</summary>
internal static class EnvironmentInputs
{
    public static void ReadInto(InputValues values, InputProblems problems, Surroundings surroundings)
    {
        foreach (var input in InputCatalog.All.Where(input => !input.IsOptionOnly))
        {
            var exact = surroundings.Variable(input.VariableName)?.Trim();
            var shell = surroundings.Variable(input.ShellVariableName)?.Trim();
            if (!string.IsNullOrEmpty(exact) && !string.IsNullOrEmpty(shell) && exact != shell)
            {
                problems.Add(input.Name, $"{input.VariableName} and {input.ShellVariableName} are both set and differ; keep one of them.");
            }

            // An empty text from the runner means "not given" for most inputs; then the shell's spelling may still hold one.
            if (!string.IsNullOrEmpty(exact) || (exact is not null && string.IsNullOrEmpty(shell)))
            {
                values.Offer(input.Name, exact, input.VariableName);
            }
            else if (shell is not null)
            {
                values.Offer(input.Name, shell, input.ShellVariableName);
            }
        }
    }
}
