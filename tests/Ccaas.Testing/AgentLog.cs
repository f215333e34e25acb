namespace Ccaas.Testing;

/// <summary>What the Azure Pipelines agent makes of a task's output, by an implementation of its rules that is not the program's.</summary>
public sealed class AgentLog
{
    private readonly List<string> _shown = [];
    private readonly List<string> _secrets = [];
    private readonly Dictionary<string, (string Value, bool IsSecret)> _outputs = [];
    private readonly Dictionary<string, (string Value, bool IsSecret)> _variables = [];
    private readonly Dictionary<string, string> _taskVariables = [];
    private readonly List<(string Type, string Message)> _issues = [];

    public AgentLog(string output)
    {
        foreach (var line in output.Split('\n'))
        {
            if (AgentCommand.Parse(line) is { } command)
            {
                Run(command, line);
            }
            else
            {
                _shown.Add(Mask(line));
            }
        }
    }

    /// <summary>The log as people see it.</summary>
    public IReadOnlyList<string> Shown => _shown;

    /// <summary>Variables known under the step's name.</summary>
    public IReadOnlyDictionary<string, (string Value, bool IsSecret)> Outputs => _outputs;

    /// <summary>Variables of the job.</summary>
    public IReadOnlyDictionary<string, (string Value, bool IsSecret)> Variables => _variables;

    /// <summary>What comes back to the task's own post job stage.</summary>
    public IReadOnlyDictionary<string, string> TaskVariables => _taskVariables;

    public IReadOnlyList<(string Type, string Message)> Issues => _issues;

    /// <summary>What the task says it came to; null: nothing, which the agent takes for success when it exits with zero.</summary>
    public string? Result { get; private set; }

    public IReadOnlyList<string> Secrets => _secrets;

    /// <summary>Commands that a task with restricted commands may not use, or that would have thrown.</summary>
    public List<string> Refused { get; } = [];

    private void Run(AgentCommand command, string line)
    {
        switch (command.Name)
        {
            case "task.setsecret" when command.Data.Length > 0:
                _secrets.Add(command.Data);
                break;
            case "task.setvariable":
                SetVariable(command, line);
                break;
            case "task.settaskvariable":
                _taskVariables[command.Properties["variable"]] = command.Data;
                break;
            case "task.logissue":
                _issues.Add((command.Properties["type"], Mask(command.Data)));
                _shown.Add(Mask(command.Data));
                break;
            case "task.complete":
                Result = command.Properties["result"];
                _shown.Add(Mask(command.Data));
                break;
            case "task.debug":
                _shown.Add(Mask($"##[debug]{command.Data}"));
                break;
            default:
                Refused.Add(line);
                break;
        }
    }

    private void SetVariable(AgentCommand command, string line)
    {
        var isSecret = command.Properties.GetValueOrDefault("issecret") == "true";
        if (isSecret && command.Data.AsSpan().IndexOfAny('\r', '\n') >= 0)
        {
            // The agent throws, and logs the raw line.
            Refused.Add(line);
            _shown.Add(line);
            return;
        }

        if (isSecret && command.Data.Length > 0)
        {
            Assert(_secrets.Contains(command.Data), "a secret variable is set before its value is known as a secret");
        }

        (command.Properties.GetValueOrDefault("isoutput") == "true" ? _outputs : _variables)[command.Properties["variable"]] =
            (command.Data, isSecret);
    }

    private string Mask(string text) =>
        _secrets.OrderByDescending(secret => secret.Length)
        .Aggregate(text, (current, secret) => current.Replace(secret, "***", StringComparison.Ordinal));

    private static void Assert(bool holds, string what) => Xunit.Assert.True(holds, what);
}
