namespace Ccaas.Action.CiSystems;

/// <summary>The CI systems there are: one line each, the plain terminal last.</summary>
internal static class CiSystemDetection
{
    /// <summary>Says where the program runs, where no CI system says it (a container that gets none of its host's variables).</summary>
    public const string Override = "CCAAS_SYSTEM";

    private const string Runner = "GITHUB_ACTIONS";
    private const string Agent = "TF_BUILD";

    /// <summary>
    /// Both CI systems seem to be there: an earlier step has set the other's variable, and nothing in the environment tells which
    /// one is true. Under the wrong one's commands a token would be printed in clear.
    /// </summary>
    public static bool IsAmbiguous(ProcessEnvironment environment) => environment.IsSet(Runner, "true") && environment.IsSet(Agent, "true");

    /// <summary>For <see cref="IsAmbiguous"/>; no command of either system.</summary>
    public const string Ambiguity = $"Inputs are missing or wrong: {Runner} and {Agent} are both set, so it cannot be told whether this is GitHub Actions or Azure Pipelines. An earlier step of this job has set one of them; remove it there. Nothing was sent anywhere.\n";

    /// <summary>A CI system says by itself that this is a job of it, so that earlier steps may have written the environment.</summary>
    public static bool IsJob(IReadOnlyDictionary<string, string> variables) => Recognize(new ProcessEnvironment(variables, TextReader.Null, TextWriter.Null, TextWriter.Null)) is not null;

    /// <param name="all">What the process finds around it.</param>
    /// <param name="isScript">Called by a script that reads standard output: everything else goes to standard error, where CI systems read commands as well.</param>
    /// <param name="problems">Takes an override that names no system.</param>
    /// <param name="redactor">Knows the secrets.</param>
    /// <param name="time">The clock.</param>
    public static ICiSystem Detect(ProcessEnvironment all, bool isScript, InputProblems problems, Redactor redactor, TimeProvider time)
    {
        var environment = isScript ? all with { Output = all.Error } : all;
        var name = Recognize(environment) ?? (environment.Variable(Override) is { Length: > 0 } given ? given : TerminalSystem.Name);
        switch (name)
        {
            case GitHubActionsSystem.Name:
                return new GitHubActionsSystem(environment, redactor, time, isScript);
            case AzurePipelinesSystem.Name:
                return new AzurePipelinesSystem(environment, redactor, isScript, time);
            case TerminalSystem.Name:
                break;
            default:
                problems.Add(Override, $"names no system; give {GitHubActionsSystem.Name}, {AzurePipelinesSystem.Name} or {TerminalSystem.Name}.");
                break;
        }

        return new TerminalSystem(environment, redactor, time);
    }

    private static string? Recognize(ProcessEnvironment environment) => environment switch
    {
        _ when environment.IsSet(Runner, "true") => GitHubActionsSystem.Name,
        _ when environment.IsSet(Agent, "true") => AzurePipelinesSystem.Name,
        _ => null,
    };
}
