namespace Ccaas.Action.CiSystems.AzurePipelines;

/// <summary>A task, or a script step, of an Azure Pipelines job.</summary>
/// <param name="environment">The task's environment.</param>
/// <param name="redactor">Knows the secrets.</param>
/// <param name="isScript">A script calls the program and decides the step's result; false: the program is the task.</param>
/// <param name="time">The clock.</param>
internal sealed class AzurePipelinesSystem(ProcessEnvironment environment, Redactor redactor, bool isScript, TimeProvider time) : ICiSystem
{
    public const string Name = "azure-pipelines";

    /// <summary>Found by the id of the task in the job (system.taskInstanceId in the agent's TaskRunner.cs).</summary>
    private readonly StepStreams? _stepStreams = isScript ? StepStreams.Find(environment, "SYSTEM_TASKINSTANCEID") : null;
    private readonly AgentLog _log = new(environment.Output, redactor, environment.IsSet("SYSTEM_DEBUG", "true"));

    public string MissingSecretHint =>
        " Secret variables reach a task only where an input names them, as $(NAME); "
        + "a variable group must be linked to the pipeline, and builds of forks get no secrets.";

    public string? JobFolder => environment.Variable("AGENT_TEMPDIRECTORY") is { Length: > 0 } folder ? folder : null;

    public string JobFolderInScripts => "$AGENT_TEMPDIRECTORY";

    // Project ids are unique in a collection. All three are read-only variables of the agent. There is no Identity: the agent's
    // OIDC token is bound to a service connection, and vendors' tasks pass it on through the environment.
    public JobRun? JobRun =>
        environment.Variable("SYSTEM_COLLECTIONID") is { Length: > 0 } collection
        && environment.Variable("SYSTEM_TEAMPROJECTID") is { Length: > 0 } project
        && environment.Variable("BUILD_BUILDID") is { Length: > 0 } build
            ? new JobRun($"{collection}/{project}", build)
            : null;

    public void Info(string line) => _log.Plain(line);
    public void Debug(string line) => _log.Debug(line);
    public void DebugGroup(string title, IEnumerable<string> lines) => _log.DebugGroup(title, lines);
    public void Warning(string title, string line) => _log.Issue("warning", [$"{title}: {line}"]);

    public void Mask(IReadOnlyList<string> forms)
    {
        var commands = forms.Select(AgentLog.Secret);
        if (isScript)
        {
            StepStreams.Write(_stepStreams, commands);
        }
        else
        {
            _log.Write(commands);
        }
    }

    public void ReadInputs(InputValues values, InputProblems problems, bool isStep) =>
        AgentInputs.ReadInto(values, problems, environment, isStep);

    public ProxySettings? ReadProxy() => AgentProxy.Read(environment, line => Warning("Agent's network settings", line));

    public void Check(InputReader inputs)
    {
        if (inputs.Given(Input.Format))
        {
            inputs.Problems.Add(
                Input.Format,
                "is for a plain terminal; in Azure Pipelines the token is in the step's output variables "
                + "and in the variable that environment-variable names.");
        }

        // The agent takes a variable with the name of a declared output for that output: it would not reach later steps by that name.
        if (inputs.Text(Input.EnvironmentVariable) is { } variable
            && Outputs.Names.Any(name => CamelCase(name).Equals(variable, StringComparison.OrdinalIgnoreCase)))
        {
            inputs.Problems.Add(
                Input.EnvironmentVariable,
                $"'{inputs.Shown(Input.EnvironmentVariable)}' is the name of one of this task's output variables; "
                + "choose another, such as CCAAS_ACCESS_TOKEN.");
        }
    }

    public void CheckScript(InputProblems problems) => StepStreams.Check(_stepStreams, problems);

    public void Publish(Publication publication)
    {
        var token = publication.Token.Value.Reveal();
        var outputs = Outputs.Of(publication, time)
            .Select(output => AgentLog.Variable(CamelCase(output.Key), output.Value, isSecret: output.Value == token, isOutput: true));
        var exports = EnvironmentExports.Of(publication).ToList();
        var variables = exports
            .Select(export => AgentLog.Variable(export.Key, export.Value, isSecret: export.Value == token, isOutput: false));
        try
        {
            // In a single write: the agent gets all of the variables, or none.
            _log.Write(outputs.Concat(variables));
        }
        catch (IOException)
        {
            throw PublishFailures.NotWritten("Standard output");
        }

        WriteSummary(publication, string.Join(", ", exports.Select(export => export.Key)));
    }

    public void Report(FailureException failure)
    {
        _log.Issue("error", failure.Lines().Prepend($"{failure.Title}."));
        if (!isScript)
        {
            _log.Complete("Failed", failure.Title);
        }
    }

    // The agent takes any other exit code of a task for a crash. task.complete has reported a failure already.
    public ExitCode Complete(ExitCode code)
    {
        if (isScript)
        {
            return code;
        }

        if (code == ExitCode.Canceled)
        {
            _log.Complete("Canceled", "Canceled");
        }

        return ExitCode.Done;
    }

    public void SaveState(string name, string text) =>
        _log.Write([LoggingCommand.Format("task.settaskvariable", [("variable", name)], text)]);

    // The agent passes a task's variables to the post-job stage of the same task only.
    public string? GetState(string name) =>
        environment.Variable($"VSTS_TASKVARIABLE_{name.ToUpperInvariant()}") is { Length: > 0 } text ? text : null;

    // In the log: only a file upload could add a page to the run, and an agent can forbid a task to upload files.
    private void WriteSummary(Publication publication, string exports)
    {
        _log.Plain($"{publication.Plan.ProviderTitle} access token");
        foreach (var row in SummaryRow.Of(publication))
        {
            _log.Plain($"  {row.Name,-13}{row.Text}{(row.Text.Length > 0 && row.Code.Length > 0 ? " " : "")}{row.Code}");
        }

        _log.Plain($"  {"Variables",-13}output variables of this step{(exports.Length > 0 ? $", and {exports} in this job" : "")}");
    }

    private static string CamelCase(string name) =>
        string.Concat(name.Split('-').Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
}
