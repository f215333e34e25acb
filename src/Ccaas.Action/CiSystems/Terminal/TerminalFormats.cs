using System.Text.Encodings.Web;

namespace Ccaas.Action.CiSystems.Terminal;

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
