using Ccaas.Action.Foundation;
using Ccaas.Action.Inputs;
using Ccaas.Action.Masking;
using Ccaas.Action.Publishing;

namespace Ccaas.Action.Systems.Terminal;

/// <summary>A plain terminal or a script: results alone on standard output, everything for people on standard error.</summary>
internal sealed class TerminalSystem(Surroundings surroundings, Redactor redactor, TimeProvider time) : ICiSystem
{
    private TerminalFormat _format;

    public bool IsDebugging => surroundings.IsSet("CCAAS_DEBUG", "1");

    public void Info(string line) => WriteForPeople(line);

    public void Debug(string line)
    {
        if (IsDebugging)
        {
            WriteForPeople($"debug: {line}");
        }
    }

    public void Warning(string title, string line) => WriteForPeople($"Warning: {title}. {line}");

    public void Mask(IReadOnlyList<string> forms)
    {
        // A terminal has no masks; the redactor keeps what this program writes clean.
    }

    public void Check(InputReader inputs)
    {
        var text = inputs.Text(InputNames.Format);
        if (!Enum.TryParse(text, ignoreCase: true, out _format) || !Enum.IsDefined(_format))
        {
            inputs.Problems.Add(InputNames.Format, $"'{inputs.Shown(InputNames.Format)}' is not known; give text, json or dotenv.");
        }

        if (_format == TerminalFormat.Dotenv && string.IsNullOrEmpty(inputs.Text(InputNames.EnvironmentVariable)) && inputs.Text(InputNames.ToolEnvironment) != "true")
        {
            inputs.Problems.Add(InputNames.Format, "dotenv would be empty: environment-variable is, and tool-environment is off.");
        }
    }

    public Failure? Publish(Publication publication)
    {
        try
        {
            surroundings.Output.Write(TerminalFormats.Write(_format, publication, time));
            surroundings.Output.Flush();
            return null;
        }
        catch (IOException)
        {
            return PublishFailures.NotWritten("Standard output");
        }
    }

    public void Report(Failure failure)
    {
        WriteForPeople($"Error: {failure.Title}");
        foreach (var line in failure.Lines())
        {
            WriteForPeople($"  {line}");
        }
    }

    private void WriteForPeople(string line)
    {
        surroundings.Error.Write($"{PlainText.Disarm(redactor.Redact(line)).Replace('\r', ' ').Replace('\n', ' ')}\n");
        surroundings.Error.Flush();
    }
}
