namespace Ccaas.Action.CiSystems.GitHubActions;

/// <summary>A step of a GitHub Actions job, or a script that is part of one.</summary>
internal sealed class GitHubActionsSystem(ProcessEnvironment environment, Redactor redactor, TimeProvider time, bool isScript = false) : ICiSystem
{
    public const string Name = "github-actions";

    private const string HomeInContainers = "/github/home";
    private const string HomeBelowTemp = "_github_home";
    private const string OutputFile = "GITHUB_OUTPUT";
    private const string EnvironmentFile = "GITHUB_ENV";
    private const string SummaryFile = "GITHUB_STEP_SUMMARY";
    private const string StateFile = "GITHUB_STATE";

    /// <summary>The runner makes the file of <see cref="OutputFile"/> for one step alone.</summary>
    private readonly StepStreams? _step = isScript ? StepStreams.Find(environment, OutputFile) : null;
    private readonly StepSummary _summary = new(redactor);
    private readonly GitHubLog _log = new(environment.Output, redactor, environment.IsSet("RUNNER_DEBUG", "1"));

    public string MissingSecretHint => GitHubActions.MissingSecretHint.For(environment);

    /// <summary>Runners before 2.331 do not show it to a container, which then has the folder that stands for HOME.</summary>
    public string? JobFolder => (isScript ? InstalledIn(environment.Variable("RUNNER_TEMP"), Environment.ProcessPath) : null) ?? new[] { environment.Variable("RUNNER_TEMP"), HomeInContainers }.FirstOrDefault(Directory.Exists);

    /// <summary>A script calls the executable that lies beside the cache, wherever its step had to put the two.</summary>
    internal static string? InstalledIn(string? temp, string? program) =>
        temp is { Length: > 0 } && Path.GetDirectoryName(program) is { } folder && (folder == temp || folder == Path.Combine(temp, HomeBelowTemp)) ? folder : null;

    public string JobFolderInScripts => JobFolder == HomeInContainers ? $"$RUNNER_TEMP/{HomeBelowTemp}" : "$RUNNER_TEMP";

    public CiIdTokenEndpoint? Identity =>
        environment.Variable("ACTIONS_ID_TOKEN_REQUEST_TOKEN") is { Length: > 0 } bearer
        && EndpointRule.Check(environment.Variable("ACTIONS_ID_TOKEN_REQUEST_URL") ?? "", out var address) is null
            ? new CiIdTokenEndpoint(address!, new Secret(bearer))
            : null;

    // A rerun of failed jobs keeps the run's id, and so can open what the first attempt sealed.
    public JobRun? JobRun =>
        environment.Variable("GITHUB_REPOSITORY") is { Length: > 0 } repository && environment.Variable("GITHUB_RUN_ID") is { Length: > 0 } run
            ? new JobRun($"{environment.Variable("GITHUB_SERVER_URL")}/{repository}", run)
            : null;

    public void Info(string line) => _log.Plain(line);

    public void Debug(string line) => _log.Debug(line);

    public void DebugGroup(string title, IEnumerable<string> lines) => _log.DebugGroup(title, lines);

    public void Warning(string title, string line) => _log.Annotate("warning", title, [line]);

    public void Mask(IReadOnlyList<string> forms)
    {
        if (isScript)
        {
            StepStreams.Write(_step, forms.Select(GitHubLog.Mask));
            return;
        }

        foreach (var form in forms)
        {
            _log.AddMask(form);
        }
    }

    public void CheckScript(InputProblems problems) => StepStreams.Check(_step, problems);

    public void ReadInputs(InputValues values, InputProblems problems, bool isStep)
    {
        if (isStep)
        {
            EnvironmentInputs.ReadStepInto(values, environment);
        }
        else
        {
            EnvironmentInputs.ReadScript(values, problems, environment, (input, value, variable) => values.Offer(input.Name, value, variable));
        }
    }

    public ProxySettings? ReadProxy() => null;

    public ExitCode EndWith(ExitCode code) => code;

    public void Check(InputReader inputs)
    {
        if (inputs.Given(Input.Format))
        {
            inputs.Problems.Add(Input.Format, "is for a plain terminal; in a GitHub Actions job the token is in the step's outputs and in the environment of later steps.");
        }

        CheckWritable(OutputFile, inputs);
        CheckWritable(EnvironmentFile, inputs);
        if (inputs.Flag(Input.Revoke))
        {
            CheckWritable(StateFile, inputs);
        }

        if (environment.Variable(SummaryFile) is { Length: > 0 })
        {
            CheckWritable(SummaryFile, inputs);
        }
    }

    public void SaveState(string name, string text) => CommandFiles.AppendAll([(environment.Variable(StateFile), CommandFile.Entry(name, text))]);

    // The runner hands the state of a step to its post step, and to no other.
    public string? GetState(string name) => environment.Variable($"STATE_{name}") is { Length: > 0 } text ? text : null;

    public void Publish(Publication publication)
    {
        var entries = new List<(string File, string Text)>
        {
            (OutputFile, Entries(Outputs.Of(publication, time))),
            (EnvironmentFile, Entries(EnvironmentExports.Of(publication))),
            (SummaryFile, _summary.Of(publication)),
        };
        CommandFiles.AppendAll(entries.Select(entry => (environment.Variable(entry.File), entry.Text)));
        var names = EnvironmentExports.Of(publication).Select(export => export.Key).ToList();
        Info(names.Count > 0
            ? $"Published the step's outputs, and for later steps the environment variable{(names.Count > 1 ? "s" : "")} {string.Join(", ", names)}"
            : "Published the step's outputs");
    }

    public void Report(FailureException failure)
    {
        _log.Annotate("error", failure.Title, failure.Lines());
        try
        {
            CommandFiles.AppendAll([(environment.Variable(SummaryFile), _summary.Of(failure))]);
        }
        catch (FailureException)
        {
            // For people only, and the step has failed already: whether it can be written changes nothing.
        }
    }

    private static string Entries(IEnumerable<KeyValuePair<string, string>> values) =>
        string.Concat(values.Select(value => CommandFile.Entry(value.Key, value.Value)));

    private void CheckWritable(string variable, InputReader inputs)
    {
        var path = environment.Variable(variable);
        if (string.IsNullOrEmpty(path))
        {
            inputs.Problems.Add(variable, "is not set, so nothing can be published; the runner sets it for every step.");
            return;
        }

        try
        {
            CommandFile.Open(path).Dispose();
        }
        catch (UnusableFileException)
        {
            inputs.Problems.Add(variable, "names a pipe, a device or a folder; the runner names a regular file.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            inputs.Problems.Add(variable, exception is UnauthorizedAccessException
                ? "names a file that this user may not write; run the container as root, as its image does by itself (no --user)."
                : "names a file that cannot be opened; in a container, the runner's folders must be mounted.");
        }
    }
}

/// <summary>Why a secret that is stored may still arrive empty; GitHub says nothing of it itself.</summary>
internal static class MissingSecretHint
{
    public static string For(ProcessEnvironment environment) => (environment.Variable("GITHUB_EVENT_NAME"), environment.Variable("GITHUB_ACTOR")) switch
    {
        (_, "dependabot[bot]") => " Runs that Dependabot starts see Dependabot's own secrets, not the repository's: add it there too.",
        ("pull_request", _) => " Pull requests from forks get no secrets: skip this step for them, or run it after the merge.",
        _ => " An empty value usually means that the secret has another name, belongs to an environment that this job does not use, or was not passed to a called workflow (secrets: inherit).",
    };
}
