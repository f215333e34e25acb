namespace Ccaas.Action.CiSystems;

/// <summary>The CI system, or the terminal, that the program runs in: how inputs, log, masks, outputs and job state work there.</summary>
internal interface ICiSystem : IRunLog, IMaskSink
{
    /// <summary>Follows the message that a secret is missing: why a stored secret can arrive empty here.</summary>
    string MissingSecretHint => "";

    /// <summary>The proxy configured for the CI system's agent; null: the environment's variables decide.</summary>
    ProxySettings? ReadProxy() => null;

    /// <summary>A folder that all steps of the job share, deleted with the job. It may not exist yet. Null: there is none.</summary>
    string? JobFolder { get; }

    /// <summary>The job folder as scripts write it, with a variable: inside a container it has another path than outside.</summary>
    string JobFolderInScripts { get; }

    /// <summary>Null when the job has no OIDC token or no permission to request one.</summary>
    CiIdTokenEndpoint? Identity => null;

    /// <summary>Null when the system does not say which run the job belongs to.</summary>
    JobRun? JobRun => null;

    /// <summary>Adds the inputs that the command line did not give.</summary>
    /// <param name="values">The inputs that are given so far.</param>
    /// <param name="problems">The problems found so far.</param>
    /// <param name="isStep">The CI system started the program and passed the inputs; false: a script of the job did.</param>
    void ReadInputs(InputValues values, InputProblems problems, bool isStep);

    /// <summary>Finds, before the first request, what would keep the results from being published.</summary>
    void Check(InputReader inputs);

    /// <summary>Finds, before the first request, what would keep a script's token from being masked.</summary>
    void CheckScript(InputProblems problems);

    /// <summary>Publishes all outputs to later steps, or none. It cannot be canceled.</summary>
    /// <exception cref="FailureException">The outputs could not be written.</exception>
    void Publish(Publication publication);

    /// <summary>Prints the failure as the system shows errors.</summary>
    void Report(FailureException failure);

    /// <returns>The process's exit code, after telling the system how the run ended where it expects that.</returns>
    ExitCode Complete(ExitCode code) => code;

    /// <summary>Saves a text that is not secret for <see cref="GetState"/> in the same step's post step.</summary>
    /// <exception cref="FailureException">It could not be written.</exception>
    void SaveState(string name, string text);

    /// <returns>Null outside of a post step, and when nothing was saved.</returns>
    string? GetState(string name) => null;
}
