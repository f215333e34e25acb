namespace Ccaas.Action.CiSystems;

/// <summary>Where the program runs: the one place that knows how to log, mask, annotate and publish there.</summary>
internal interface ICiSystem : IRunLog, IMaskSink, IPublisher
{
    /// <summary>Why a secret that is stored may still arrive empty here, to follow a sentence; empty when nothing is known.</summary>
    string MissingSecretHint { get; }

    /// <summary>Takes the inputs from where this system puts them; whatever has been given already wins.</summary>
    /// <param name="values">Takes them.</param>
    /// <param name="problems">Takes what is wrong with them.</param>
    /// <param name="isStep">The CI system started the program and passed the inputs; false: a script of a job did.</param>
    void ReadInputs(InputValues values, InputProblems problems, bool isStep);

    /// <summary>The proxy that is set for everything that runs here; null: the environment's variables decide.</summary>
    ProxySettings? ReadProxy();

    /// <summary>A folder that lasts as long as the job and is the same for all of its steps, whether it exists yet or not; null where there is none.</summary>
    string? JobFolder { get; }

    /// <summary>The same folder as scripts of the job write it: by a variable, because it may have another path there than here.</summary>
    string JobFolderInScripts { get; }

    /// <summary>Where a job's own identity is to be had; null where it has none, or was not allowed one.</summary>
    CiIdTokenEndpoint? Identity { get; }

    /// <summary>Which run this job belongs to; null where there is none, or the system does not tell it.</summary>
    JobRun? JobRun { get; }

    /// <summary>What the process ends with, so that the system takes the run for what it was.</summary>
    ExitCode EndWith(ExitCode code);

    /// <summary>Keeps a text that is no secret for the end of the job, where <see cref="GetState"/> gives it back to the same step.</summary>
    /// <exception cref="FailureException">It cannot be written.</exception>
    void SaveState(string name, string text);

    /// <returns>What the step kept under the name; null when it is not the end of the job, or nothing was kept.</returns>
    string? GetState(string name);

    /// <summary>Finds what would keep the results from being published, before anything is asked of the network.</summary>
    void Check(InputReader inputs);

    /// <summary>Finds what would keep a script's fresh token from being masked, before one is requested.</summary>
    void CheckScript(InputProblems problems);
}

/// <summary>The CI system's way to hand values to later steps.</summary>
internal interface IPublisher
{
    /// <summary>Writes all of it or, where that fails, takes back what was begun. Not to be interrupted.</summary>
    /// <exception cref="FailureException">It could not be written.</exception>
    void Publish(Publication publication);

    /// <summary>Tells people why nothing was published.</summary>
    void Report(FailureException failure);
}
