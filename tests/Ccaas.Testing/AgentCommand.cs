namespace Ccaas.Testing;

/// <summary>A logging command as the Azure Pipelines agent reads it.</summary>
public sealed record AgentCommand(string Name, IReadOnlyDictionary<string, string> Properties, string Data)
{
    private static readonly (string Escaped, string Text)[] DataEscapes = [("%0D", "\r"), ("%0A", "\n"), ("%AZP25", "%")];

    private static readonly (string Escaped, string Text)[] PropertyEscapes =
        [("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%3B", ";"), ("%AZP25", "%")];

    /// <summary>
    /// After the agent's own rules: <c>##vso[area.action name=value;…]data</c> anywhere in the line, in this case of letters,
    /// up to the first closing bracket; no space within area or action.
    /// </summary>
    public static AgentCommand? Parse(string line)
    {
        var start = line.IndexOf("##vso[", StringComparison.Ordinal);
        var end = start < 0 ? -1 : line.IndexOf(']', start);
        if (end < 0)
        {
            return null;
        }

        var inside = line[(start + "##vso[".Length)..end];
        var space = inside.IndexOf(' ', StringComparison.Ordinal);
        var name = (space < 0 ? inside : inside[..space]).Trim();
        if (name.Split('.') is not [{ Length: > 0 }, { Length: > 0 }])
        {
            return null;
        }

        var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in (space < 0 ? "" : inside[space..]).Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = property.Split('=', 2);
            if (pair.Length == 2)
            {
                properties[pair[0].Trim()] = Unescape(pair[1].Trim(), PropertyEscapes);
            }
        }

        return new AgentCommand(name, properties, Unescape(line[(end + 1)..], DataEscapes));
    }

    private static string Unescape(string text, (string Escaped, string Text)[] escapes) =>
        escapes.Aggregate(text, (current, escape) => current.Replace(escape.Escaped, escape.Text, StringComparison.Ordinal));
}
