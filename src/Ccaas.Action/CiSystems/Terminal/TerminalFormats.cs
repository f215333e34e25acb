using System.Text.Encodings.Web;

namespace Ccaas.Action.CiSystems.Terminal;

/// <summary>Writes a publication for programs to read.</summary>
internal static class TerminalFormats
{
    public static string Write(TerminalFormat format, Publication publication, TimeProvider time) => format switch
    {
        TerminalFormat.Json => Json(publication, time),
        TerminalFormat.Dotenv => string.Concat(EnvironmentExports.Of(publication).Select(export => $"{export.Key}={Quote(export.Value)}\n")),
        _ => $"{publication.Token.Value.Reveal()}\n",
    };

    private static string Json(Publication publication, TimeProvider time)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
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

    // Not every reader of such files knows quotes (docker --env-file does not), so they stand only where a shell needs them;
    // a tilde is one of those, for after an equals sign or a colon it means a home folder. An exclamation mark, which is in
    // every opaque token of Salesforce, is none: a shell expands it in lines that are typed, not in a file.
    private static string Quote(string value) =>
        value.All(c => char.IsAsciiLetterOrDigit(c) || "-._+/=:@,%!".Contains(c, StringComparison.Ordinal))
            ? value
            : $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

/// <summary>What standard output holds.</summary>
internal enum TerminalFormat
{
    /// <summary>The token alone, and a line break.</summary>
    Text,

    /// <summary>One JSON object with every output, in the snake case of RFC 6749.</summary>
    Json,

    /// <summary>What would be exported, as NAME=value lines.</summary>
    Dotenv,
}
