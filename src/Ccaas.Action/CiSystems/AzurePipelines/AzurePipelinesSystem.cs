namespace Ccaas.Action.CiSystems.AzurePipelines;

/// <summary>A task, or a script step, of an Azure Pipelines job.</summary>
/// <param name="environment">The task's environment.</param>
/// <param name="redactor">Knows the secrets.</param>
/// <param name="isScript">Called by a script, which decides by the exit code what becomes of its step; false: the step is this program alone.</param>
/// <param name="time">Tells what is left of a token.</param>
internal sealed class AzurePipelinesSystem(ProcessEnvironment environment, Redactor redactor, bool isScript, TimeProvider time) : ICiSystem
{
    public const string Name = "azure-pipelines";

    /// <summary>An id of each task of a job (system.taskInstanceId in the agent's TaskRunner.cs).</summary>
    private readonly StepStreams? _step = isScript ? StepStreams.Find(environment, "SYSTEM_TASKINSTANCEID") : null;
    private readonly AgentLog _log = new(environment.Output, redactor, environment.IsSet("SYSTEM_DEBUG", "true"));

    public string MissingSecretHint =>
        " Secret variables reach a task only where an input names them, as $(NAME); a variable group must be linked to the pipeline, and builds of forks get no secrets.";

    public string? JobFolder => environment.Variable("AGENT_TEMPDIRECTORY") is { Length: > 0 } folder ? folder : null;

    public string JobFolderInScripts => "$AGENT_TEMPDIRECTORY";

    // The agent's own is bound to a service connection, which vendors' tasks pass on through the environment.
    public CiIdTokenEndpoint? Identity => null;

    // Project ids are unique in a collection; both are read-only variables of the agent.
    public JobRun? JobRun =>
        environment.Variable("SYSTEM_COLLECTIONID") is { Length: > 0 } collection
        && environment.Variable("SYSTEM_TEAMPROJECTID") is { Length: > 0 } project
        && environment.Variable("BUILD_BUILDID") is { Length: > 0 } build
            ? new JobRun($"{collection}/{project}", build)
            : null;

    public void Info(string line) => _log.Plain(line);

    public void Debug(string line) => _log.Debug(line);

    public void DebugGroup(string title, IEnumerable<string> lines)
    {
        if (_log.IsDebugging)
        {
            _log.Group(title, lines);
        }
    }

    public void Warning(string title, string line) => _log.Issue("warning", [$"{title}: {line}"]);

    public void Mask(IReadOnlyList<string> forms)
    {
        if (isScript)
        {
            StepStreams.Write(_step, forms.Select(AgentLog.Secret));
            return;
        }

        _log.SetSecrets(forms);
    }

    public void CheckScript(InputProblems problems) => StepStreams.Check(_step, problems);

    public void ReadInputs(InputValues values, InputProblems problems, bool isStep) => AgentInputs.ReadInto(values, problems, environment, isStep);

    public ProxySettings? ReadProxy() => AgentProxy.Read(environment, line => Warning("Agent's network settings", line));

    // A number other than zero would count as a broken task. What went wrong, task.complete has told.
    public ExitCode EndWith(ExitCode code)
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

    public void SaveState(string name, string text) => _log.Write([LoggingCommand.Format("task.settaskvariable", [("variable", name)], text)]);

    // The agent hands a task's variables to its post job stage, and to no other task.
    public string? GetState(string name) => environment.Variable($"VSTS_TASKVARIABLE_{name.ToUpperInvariant()}") is { Length: > 0 } text ? text : null;

    public void Check(InputReader inputs)
    {
        if (inputs.Given(Input.Format))
        {
            inputs.Problems.Add(Input.Format, "is for a plain terminal; in Azure Pipelines the token is in the step's output variables and in the variable that environment-variable names.");
        }

        // A variable of a declared output's name becomes that output, and is not known to the job by it.
        if (inputs.Text(Input.EnvironmentVariable) is { } variable && Outputs.Names.Any(name => CamelCase(name).Equals(variable, StringComparison.OrdinalIgnoreCase)))
        {
            inputs.Problems.Add(Input.EnvironmentVariable, $"'{inputs.Shown(Input.EnvironmentVariable)}' is the name of one of this task's output variables; choose another, such as CCAAS_ACCESS_TOKEN.");
        }
    }

    public void Publish(Publication publication)
    {
        var token = publication.Token.Value.Reveal();
        var outputs = Outputs.Of(publication, time)
            .Select(output => AgentLog.Variable(CamelCase(output.Key), output.Value, isSecret: output.Value == token, isOutput: true));
        var exports = EnvironmentExports.Of(publication).ToList();
        try
        {
            // In one piece: the agent reads all of it, or none.
            _log.Write(outputs.Concat(exports.Select(export => AgentLog.Variable(export.Key, export.Value, isSecret: export.Value == token, isOutput: false))));
        }
        catch (IOException)
        {
            throw PublishFailures.NotWritten("Standard output");
        }

        Summarize(publication, exports.Select(export => export.Key));
    }

    public void Report(FailureException failure)
    {
        _log.Issue("error", failure.Lines().Prepend($"{failure.Title}."));
        if (!isScript)
        {
            _log.Complete("Failed", failure.Title);
        }
    }

    // A task that is kept from uploading files has no page for a summary; a few lines in the log are read as easily.
    private void Summarize(Publication publication, IEnumerable<string> exports)
    {
        _log.Plain($"{publication.Plan.ProviderTitle} access token");
        foreach (var row in SummaryRow.Of(publication))
        {
            _log.Plain($"  {row.Name,-13}{row.Text}{(row.Text.Length > 0 && row.Code.Length > 0 ? " " : "")}{row.Code}");
        }

        var names = string.Join(", ", exports);
        _log.Plain($"  {"Variables",-13}output variables of this step{(names.Length > 0 ? $", and {names} in this job" : "")}");
    }

    private static string CamelCase(string name) => string.Concat(name.Split('-').Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
}
