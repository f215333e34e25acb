using Ccaas.Action.Foundation;
using Ccaas.Action.Inputs;
using Ccaas.Action.Masking;
using Ccaas.Action.Systems.AzurePipelines;
using Ccaas.Action.Systems.GitHubActions;
using Ccaas.Action.Systems.Terminal;

namespace Ccaas.Action.Systems;

/// <summary>The CI systems there are: one line each, the plain terminal last.</summary>
internal static class CiSystems
{
    /// <summary>Says where the program runs, where it cannot be told by itself (a container that gets none of its host's variables).</summary>
    public const string Override = "CCAAS_SYSTEM";

    public static ICiSystem Detect(Surroundings surroundings, InputProblems problems, Redactor redactor, TimeProvider time)
    {
        var name = surroundings.Variable(Override) is { Length: > 0 } given ? given : Recognise(surroundings);
        switch (name)
        {
            case GitHubActionsSystem.Name:
                return new GitHubActionsSystem(surroundings, redactor, time);
            case AzurePipelinesSystem.Name:
                return new AzurePipelinesSystem(surroundings, redactor, time);
            case TerminalSystem.Name:
                break;
            default:
                problems.Add(Override, $"names no system; give {GitHubActionsSystem.Name}, {AzurePipelinesSystem.Name} or {TerminalSystem.Name}.");
                break;
        }

        return new TerminalSystem(surroundings, redactor, time);
    }

    private static string Recognise(Surroundings surroundings) => surroundings switch
    {
        _ when surroundings.IsSet("GITHUB_ACTIONS", "true") => GitHubActionsSystem.Name,
        _ when surroundings.IsSet("TF_BUILD", "true") => AzurePipelinesSystem.Name,
        _ => TerminalSystem.Name,
    };
}
