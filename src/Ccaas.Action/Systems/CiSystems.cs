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

    /// <param name="all">What the process finds around it.</param>
    /// <param name="isScript">Called by a script that reads standard output: everything else goes to standard error, where CI systems read commands as well.</param>
    /// <param name="problems">Takes an override that names no system.</param>
    /// <param name="redactor">Knows the secrets.</param>
    /// <param name="time">The clock.</param>
    public static ICiSystem Detect(Surroundings all, bool isScript, InputProblems problems, Redactor redactor, TimeProvider time)
    {
        var surroundings = isScript ? all with { Output = all.Error } : all;
        var name = surroundings.Variable(Override) is { Length: > 0 } given ? given : Recognise(surroundings);
        switch (name)
        {
            case GitHubActionsSystem.Name:
                return new GitHubActionsSystem(surroundings, redactor, time, isScript);
            case AzurePipelinesSystem.Name:
                return new AzurePipelinesSystem(surroundings, redactor, isScript, time);
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
