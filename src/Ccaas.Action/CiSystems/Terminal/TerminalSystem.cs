using System.Text.Encodings.Web;

namespace Ccaas.Action.CiSystems.Terminal;

/// <summary>A plain terminal, or a script outside of CI: the results alone go to standard output, all messages to standard error.</summary>
internal sealed class TerminalSystem(ProcessEnvironment environment, Redactor redactor, TimeProvider time) : ICiSystem
{
    public const string Name = "terminal";

    private const string FolderName = "ccaas-token";

    /// <summary>The XDG base directory specification's, then Windows'. The first one is emptied when the user logs out.</summary>
    private static readonly (string Variable, string Below)[] Folders =
        [("XDG_RUNTIME_DIR", ""), ("XDG_CACHE_HOME", ""), ("HOME", ".cache"), ("LOCALAPPDATA", "")];

    private readonly bool _isDebugging = environment.IsSet("CCAAS_DEBUG", "1");
    private TerminalFormat _format;

    public string? JobFolder =>
        (from place in Folders
         let folder = environment.Variable(place.Variable)
         where folder is { Length: > 0 } && Path.IsPathRooted(folder)
         select Path.Combine(folder, place.Below, FolderName)).FirstOrDefault();

    public string JobFolderInScripts => throw new NotSupportedException("Check refuses install.");

    public void Info(string line) => WriteMessage(line);

    public void Debug(string line)
    {
        if (_isDebugging)
        {
            WriteMessage($"debug: {line}");
        }
    }

    public void DebugGroup(string title, IEnumerable<string> lines)
    {
        foreach (var line in _isDebugging ? lines.Prepend($"{title}:") : [])
        {
            Debug(line);
        }
    }

    public void Warning(string title, string line) => WriteMessage($"Warning: {title}. {line}");

    public void Mask(IReadOnlyList<string> forms)
    {
        // A terminal has no masks. The redactor covers what this program writes.
    }

    public void ReadInputs(InputValues values, InputProblems problems, bool isStep) =>
        new EnvironmentInputs(values, problems, environment).ReadTerminal();

    public void Check(InputReader inputs)
    {
        TerminalFormat? format = inputs.Text(Input.Format)?.ToLowerInvariant() switch
        {
            "text" => TerminalFormat.Text,
            "json" => TerminalFormat.Json,
            "dotenv" => TerminalFormat.Dotenv,
            _ => null,
        };
        _format = format ?? TerminalFormat.Text;
        if (format is null)
        {
            inputs.Problems.Add(Input.Format, $"'{inputs.Shown(Input.Format)}' is not known; give text, json or dotenv.");
        }

        if (IsTrue(Input.Revoke))
        {
            inputs.Problems.Add(
                Input.Revoke,
                "is for a CI job, at whose end the token is revoked; on a plain terminal run ccaas-token revoke when you are done.");
        }

        if (inputs.Flag(Input.Install))
        {
            inputs.Problems.Add(
                Input.Install,
                "is for a CI job, whose later steps have no other way to the executable; on a plain terminal leave it out.");
        }

        var exportsNothing = string.IsNullOrEmpty(inputs.Text(Input.EnvironmentVariable)) && !IsTrue(Input.ToolEnvironment);
        if (_format == TerminalFormat.Dotenv && exportsNothing)
        {
            inputs.Problems.Add(Input.Format, "dotenv would be empty: environment-variable is, and tool-environment is off.");
        }

        // Not Flag: elsewhere another value is reported already.
        bool IsTrue(string name) => "true".Equals(inputs.Text(name), StringComparison.OrdinalIgnoreCase);
    }

    public void CheckScript(InputProblems problems)
    {
        // There is no log to mask the token in.
    }

    public void Publish(Publication publication)
    {
        environment.Output.Write(TerminalFormats.Write(_format, publication, time));
        environment.Output.Flush();
    }

    public void Report(FailureException failure)
    {
        WriteMessage($"Error: {failure.Title}");
        foreach (var line in failure.Lines())
        {
            WriteMessage($"  {line}");
        }
    }

    public void SaveState(string name, string text) => throw new NotSupportedException("Check refuses revoke.");

    private void WriteMessage(string line)
    {
        environment.Error.Write($"{redactor.SafeLine(line)}\n");
        environment.Error.Flush();
    }
}

internal static class TerminalFormats
{
    public static string Write(TerminalFormat format, Publication publication, TimeProvider time) => format switch
    {
        TerminalFormat.Json => Json(publication, time),
        TerminalFormat.Dotenv => string.Concat(
            EnvironmentExports.Of(publication).Select(export => $"{export.Key}={Quote(export.Value)}\n")),
        _ => $"{publication.Token.Value.Reveal()}\n",
    };

    private static string Json(Publication publication, TimeProvider time)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            foreach (var (name, value) in Outputs.Of(publication, time))
            {
                var key = name.Replace('-', '_');
                switch (value)
                {
                    case "":
                        json.WriteNull(key);
                        break;
                    case var seconds when name == Outputs.ExpiresIn:
                        json.WriteNumber(key, long.Parse(seconds, CultureInfo.InvariantCulture));
                        break;
                    default:
                        json.WriteString(key, value);
                        break;
                }
            }

            json.WriteEndObject();
        }

        return $"{Encoding.UTF8.GetString(buffer.WrittenSpan)}\n";
    }

    // Quotes only where a shell needs them, because some readers of such files do not know quotes (docker --env-file). A shell
    // needs them for a tilde, which means a home folder after an equals sign or a colon. It needs none for an exclamation mark,
    // which every opaque token of Salesforce contains: a shell expands it in typed lines only, not in a file.
    private static string Quote(string value) =>
        value.All(c => char.IsAsciiLetterOrDigit(c) || "-._+/=:@,%!".Contains(c, StringComparison.Ordinal))
            ? value
            : $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

internal enum TerminalFormat
{
    /// <summary>The token and a line break.</summary>
    Text,

    /// <summary>One JSON object with all outputs; names in snake case, as in RFC 6749.</summary>
    Json,

    /// <summary>The environment exports as NAME=value lines.</summary>
    Dotenv,
}
