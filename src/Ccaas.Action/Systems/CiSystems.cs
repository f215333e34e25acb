using Ccaas.Action.Foundation;
using Ccaas.Action.Masking;
using Ccaas.Action.Systems.GitHubActions;
using Ccaas.Action.Systems.Terminal;

namespace Ccaas.Action.Systems;

/// <summary>The CI systems there are: one line each, the plain terminal last.</summary>
internal static class CiSystems
{
    public static ICiSystem Detect(Surroundings surroundings, Redactor redactor, TimeProvider time) => surroundings switch
    {
        _ when surroundings.IsSet("GITHUB_ACTIONS", "true") => new GitHubActionsSystem(surroundings, redactor, time),
        _ => new TerminalSystem(surroundings, redactor, time),
    };
}
