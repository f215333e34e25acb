namespace Ccaas.Sandbox.GitHubRunner;

/// <summary>
/// A step's log as its author sees it on GitHub, made from what the step wrote. Commands act from their own line on and never before:
/// a secret that was printed ahead of its mask stays readable, here as there.
/// The runner reads stdout and stderr in parallel and executes the commands of both; the caller decides the order.
/// </summary>
public sealed class StepLog
{
    // Both are the runner's (src/Runner.Worker/ExecutionContext.cs).
    private const int LongestAnnotation = 4096;
    private const int MostAnnotationsOfALevel = 10;

    // They show themselves, or must not be shown.
    private static readonly HashSet<string> NeverEchoed = ["add-mask", "debug", "error", "notice", "stop-commands", "warning"];

    private readonly List<string> _lines = [];
    private readonly List<Annotation> _annotations = [];
    private readonly List<KeyValuePair<string, string>> _outputs = [];
    private readonly List<KeyValuePair<string, string>> _state = [];
    private readonly bool _debug;
    private bool _echo;
    private string? _resumeToken;

    /// <param name="debug">Step debugging is on: debug lines are shown, and most commands as well.</param>
    public StepLog(bool debug = false) => _debug = _echo = debug;

    /// <summary>The log, masked. <c>Error:</c>, <c>Warning:</c>, <c>Notice:</c> and <c>▸</c> stand for its colors and folds.</summary>
    public IReadOnlyList<string> Lines => _lines;

    public IReadOnlyList<Annotation> Annotations => _annotations;

    /// <summary>What hides secrets in this log, and in those of the steps that follow.</summary>
    public Masker Masker { get; } = new();

    /// <summary>The values that were masked, in order: whole ones, and the lines of those that have several.</summary>
    public IReadOnlyList<string> Masks => Masker.Values;

    /// <summary>Set by the old <c>set-output</c> command, which the runner still obeys.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Outputs => _outputs;

    /// <summary>Set by the old <c>save-state</c> command, which the runner still obeys.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> State => _state;

    /// <summary>A command was refused, which fails the step whatever its exit code.</summary>
    public bool CommandFailed { get; private set; }

    /// <summary>Commands are not obeyed, because of a <c>stop-commands</c> whose token has not come back.</summary>
    public bool CommandsStopped => _resumeToken is not null;

    /// <summary>All the output of one stream. CR, LF and CRLF end a line, as they do for the runner's reader.</summary>
    public StepLog Append(string output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var reader = new StringReader(output);
        while (reader.ReadLine() is { } line)
        {
            AppendLine(line);
        }

        return this;
    }

    /// <summary>One line, without its end.</summary>
    public void AppendLine(string line)
    {
        if (WorkflowCommandParser.Parse(line, _resumeToken) is not { } command)
        {
            Write("", line);
        }
        else if (CommandsStopped)
        {
            Resume(line, command);
        }
        else
        {
            Obey(line, command);
        }
    }

    private void Resume(string line, WorkflowCommand command)
    {
        // Every other command is ordinary output now, add-mask with its secret included.
        Write("", line);
        if (Is(command.Name, _resumeToken!))
        {
            _resumeToken = null;
        }
    }

    private void Obey(string line, WorkflowCommand command)
    {
        var name = command.Name.ToLowerInvariant();
        if (_echo && !NeverEchoed.Contains(name))
        {
            Write("", line);
        }

        switch (name)
        {
            case "add-mask":
                AddMask(command.Data);
                break;
            case "error" or "warning" or "notice":
                Annotate(name, command.Data, command.Properties);
                break;
            case "debug":
                Debug(command.Data);
                break;
            case "group":
                Write("▸ ", command.Data);
                break;
            case "echo":
                Echo(command.Data);
                break;
            case "stop-commands":
                Stop(line, command.Data);
                break;
            case "set-output":
                Store(_outputs, command);
                break;
            case "save-state":
                Store(_state, command);
                break;
            case "set-env" or "add-path":
                Refuse(name, "The runner obeys it no longer.");
                break;
            default:
                break; // endgroup and the matchers leave nothing in the log.
        }
    }

    private void AddMask(string value)
    {
        if (!Masker.AddMask(value))
        {
            Annotate("warning", "add-mask was given nothing to mask.", new Dictionary<string, string>());
        }
        else if (_echo)
        {
            Write("", "::add-mask::***");
        }
    }

    private void Stop(string line, string token)
    {
        if (token.Length == 0 || Is(token, "pause-logging") || WorkflowCommandParser.KnownCommands.Contains(token))
        {
            Refuse("stop-commands", "The token cannot be used to stop commands.");
            return;
        }

        _resumeToken = token;
        // So that log readers cannot turn commands on again.
        if (token.Length > 6)
        {
            Masker.Add(token);
        }

        Write("", line);
    }

    private void Echo(string value)
    {
        if (Is(value.Trim(), "on") || Is(value.Trim(), "off"))
        {
            _echo = Is(value.Trim(), "on");
        }
        else
        {
            Refuse("echo", "Echo is either 'on' or 'off'.");
        }
    }

    private void Store(List<KeyValuePair<string, string>> into, WorkflowCommand command)
    {
        if (command.Properties.TryGetValue("name", out var name))
        {
            into.Add(KeyValuePair.Create(name, command.Data));
        }
        else
        {
            Refuse(command.Name, "It has no name.");
        }
    }

    private void Refuse(string command, string why)
    {
        CommandFailed = true;
        Annotate("error", $"The command {command} was refused. {why}", new Dictionary<string, string>());
    }

    private void Annotate(string level, string message, IReadOnlyDictionary<string, string> properties)
    {
        var masked = Masker.Mask(message);
        if (masked.Length > LongestAnnotation)
        {
            masked = masked[..LongestAnnotation];
        }

        if (_annotations.Count(a => a.Level == level) < MostAnnotationsOfALevel)
        {
            _annotations.Add(new Annotation(level, masked, properties));
        }

        if (masked.Length > 0)
        {
            Write($"{char.ToUpperInvariant(level[0])}{level[1..]}: ", masked);
        }
    }

    private void Debug(string message)
    {
        if (_debug)
        {
            Write("##[debug]", message);
        }
    }

    private void Write(string prefix, string text) => _lines.AddRange(Masker.Mask(prefix + text).Split('\n'));

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A message that GitHub shows on the run's page, outside of the log.</summary>
/// <param name="Level"><c>error</c>, <c>warning</c> or <c>notice</c>.</param>
/// <param name="Message">Masked, and cut after 4096 characters.</param>
/// <param name="Properties"><c>title</c>, <c>file</c>, <c>line</c>, … as they were given.</param>
public sealed record Annotation(string Level, string Message, IReadOnlyDictionary<string, string> Properties)
{
    /// <summary>Null if none was given.</summary>
    public string? Title => Properties.GetValueOrDefault("title");
}
