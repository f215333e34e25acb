namespace Ccaas.Action.CiSystems;

internal static class CiSystemDetection
{
    /// <summary>Names the system when none of the CI systems' variables is set, such as in a container that does not get them.</summary>
    public const string Override = "CCAAS_SYSTEM";

    private const string Runner = "GITHUB_ACTIONS";
    private const string Agent = "TF_BUILD";

    /// <summary>Printed before the system is known; it contains no command of either.</summary>
    public const string Ambiguity =
        $"Inputs are missing or wrong: {Runner} and {Agent} are both set, so it cannot be told "
        + "whether this is GitHub Actions or Azure Pipelines. An earlier step of this job has set one of them; remove it there. "
        + "Nothing was sent anywhere.\n";

    /// <summary>
    /// An earlier step has set the other CI system's variable, and nothing in the environment says which one is right. With the
    /// wrong system's mask commands, the token would be printed.
    /// </summary>
    public static bool IsAmbiguous(IReadOnlyDictionary<string, string> variables) => IsTrue(variables, Runner) && IsTrue(variables, Agent);

    /// <summary>Whether this is a job, whose earlier steps may have changed the environment.</summary>
    public static bool IsJob(IReadOnlyDictionary<string, string> variables) => Recognize(variables) is not null;

    /// <param name="process">The environment and streams of the process.</param>
    /// <param name="isScript">A script reads standard output. All else goes to standard error, where CI systems read commands too.</param>
    /// <param name="problems">Gets an override that names no system.</param>
    /// <param name="redactor">Knows the secrets.</param>
    /// <param name="time">The clock.</param>
    public static ICiSystem Detect(ProcessEnvironment process, bool isScript, InputProblems problems, Redactor redactor, TimeProvider time)
    {
        var environment = isScript ? process with { Output = process.Error } : process;
        switch (Recognize(environment.Variables) ?? environment.Variable(Override))
        {
            case GitHubActionsSystem.Name:
                return new GitHubActionsSystem(environment, redactor, time, isScript);
            case AzurePipelinesSystem.Name:
                return new AzurePipelinesSystem(environment, redactor, isScript, time);
            case not (null or "" or TerminalSystem.Name):
                problems.Add(
                    Override, $"names no system; give {GitHubActionsSystem.Name}, {AzurePipelinesSystem.Name} or {TerminalSystem.Name}.");
                break;
        }

        return new TerminalSystem(environment, redactor, time);
    }

    private static string? Recognize(IReadOnlyDictionary<string, string> variables) =>
        IsTrue(variables, Runner) ? GitHubActionsSystem.Name
        : IsTrue(variables, Agent) ? AzurePipelinesSystem.Name
        : null;

    private static bool IsTrue(IReadOnlyDictionary<string, string> variables, string name) =>
        "true".Equals(variables.GetValueOrDefault(name), StringComparison.OrdinalIgnoreCase);
}
