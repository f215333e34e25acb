namespace Ccaas.Action.CiSystems.Terminal;

/// <summary>A plain terminal or a script: results alone on standard output, everything for people on standard error.</summary>
internal sealed class TerminalSystem(ProcessEnvironment environment, Redactor redactor, TimeProvider time) : ICiSystem
{
    public const string Name = "terminal";

    private const string FolderName = "ccaas-token";

    private static readonly (string Variable, string Below)[] Folders = [("XDG_RUNTIME_DIR", ""), ("XDG_CACHE_HOME", ""), ("HOME", ".cache"), ("LOCALAPPDATA", "")];

    private readonly bool _isDebugging = environment.IsSet("CCAAS_DEBUG", "1");
    private TerminalFormat _format;

    public string MissingSecretHint => "";

    /// <summary>By the XDG base directory specification; what is in the first is gone when the user logs out.</summary>
    public string? JobFolder =>
        (from place in Folders
         let folder = environment.Variable(place.Variable)
         where folder is { Length: > 0 } && Path.IsPathRooted(folder)
         select Path.Combine(folder, place.Below, FolderName)).FirstOrDefault();

    public string JobFolderInScripts => throw new NotSupportedException("A terminal has no scripts that follow.");

    public CiIdTokenEndpoint? Identity => null;

    public JobRun? JobRun => null;

    public void Info(string line) => WriteForPeople(line);

    public void Debug(string line)
    {
        if (_isDebugging)
        {
            WriteForPeople($"debug: {line}");
        }
    }

    public void DebugGroup(string title, IEnumerable<string> lines)
    {
        foreach (var line in _isDebugging ? lines.Prepend($"{title}:") : [])
        {
            Debug(line);
        }
    }

    public void Warning(string title, string line) => WriteForPeople($"Warning: {title}. {line}");

    public void Mask(IReadOnlyList<string> forms)
    {
        // A terminal has no masks; the redactor keeps what this program writes clean.
    }

    public void ReadInputs(InputValues values, InputProblems problems, bool isStep) => EnvironmentInputs.ReadTerminalInto(values, problems, environment);

    public ProxySettings? ReadProxy() => null;

    public ExitCode EndWith(ExitCode code) => code;

    public void Check(InputReader inputs)
    {
        switch (inputs.Text(Input.Format)?.ToLowerInvariant())
        {
            case "text":
                _format = TerminalFormat.Text;
                break;
            case "json":
                _format = TerminalFormat.Json;
                break;
            case "dotenv":
                _format = TerminalFormat.Dotenv;
                break;
            default:
                inputs.Problems.Add(Input.Format, $"'{inputs.Shown(Input.Format)}' is not known; give text, json or dotenv.");
                break;
        }

        if ("true".Equals(inputs.Text(Input.Revoke), StringComparison.OrdinalIgnoreCase))
        {
            inputs.Problems.Add(Input.Revoke, "is for a CI job, at whose end the token is revoked; on a plain terminal run ccaas-token revoke when you are done.");
        }

        if (inputs.Flag(Input.Install))
        {
            inputs.Problems.Add(Input.Install, "is for a CI job, whose later steps have no other way to the executable; on a plain terminal leave it out.");
        }

        if (_format == TerminalFormat.Dotenv && string.IsNullOrEmpty(inputs.Text(Input.EnvironmentVariable)) && !"true".Equals(inputs.Text(Input.ToolEnvironment), StringComparison.OrdinalIgnoreCase))
        {
            inputs.Problems.Add(Input.Format, "dotenv would be empty: environment-variable is, and tool-environment is off.");
        }
    }

    public void CheckScript(InputProblems problems)
    {
        // Nothing is masked here.
    }

    public void SaveState(string name, string text) => throw new NotSupportedException("A terminal has no end of a job.");

    public string? GetState(string name) => null;

    public void Publish(Publication publication)
    {
        environment.Output.Write(TerminalFormats.Write(_format, publication, time));
        environment.Output.Flush();
    }

    public void Report(FailureException failure)
    {
        WriteForPeople($"Error: {failure.Title}");
        foreach (var line in failure.Lines())
        {
            WriteForPeople($"  {line}");
        }
    }

    private void WriteForPeople(string line)
    {
        environment.Error.Write($"{redactor.SafeLine(line)}\n");
        environment.Error.Flush();
    }
}
