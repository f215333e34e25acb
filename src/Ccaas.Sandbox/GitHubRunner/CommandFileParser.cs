namespace Ccaas.Sandbox.GitHubRunner;

/// <summary>
/// Reads a command file by the rules of GitHub's runner on Linux (actions/runner, src/Runner.Worker/FileCommandManager.cs):
/// a line is <c>name=value</c> or opens <c>name&lt;&lt;DELIMITER</c>, by which of the two signs comes first; only LF ends a line.
/// </summary>
public static class CommandFileParser
{
    /// <exception cref="FormatException">The runner would fail the step. The message names the line, never a value.</exception>
    public static CommandFile Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var pairs = new List<KeyValuePair<string, string>>();
        // An end of line that ends the file opens no further line.
        var lines = text.EndsWith('\n') ? text[..^1].Split('\n') : text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length > 0)
            {
                pairs.Add(IsHeredoc(lines[i]) ? ReadHeredoc(lines, ref i) : ReadLine(lines[i], i));
            }
        }

        return new CommandFile(pairs);
    }

    private static bool IsHeredoc(string line)
    {
        var equals = line.IndexOf('=', StringComparison.Ordinal);
        var heredoc = line.IndexOf("<<", StringComparison.Ordinal);
        return heredoc >= 0 && (equals < 0 || heredoc < equals);
    }

    private static KeyValuePair<string, string> ReadLine(string line, int index)
    {
        if (line.Split('=', 2) is not [var name, var value])
        {
            throw Malformed(index, "neither name=value nor name<<DELIMITER");
        }

        return Named(name, value, index);
    }

    private static KeyValuePair<string, string> ReadHeredoc(string[] lines, ref int index)
    {
        var first = index;
        var (name, delimiter) = lines[first].Split("<<", 2) is [var left, var right] ? (left, right) : ("", "");
        if (delimiter.Length == 0)
        {
            throw Malformed(first, "the delimiter is empty");
        }

        var end = Array.IndexOf(lines, delimiter, first + 1);
        if (end < 0)
        {
            throw Malformed(first, "the delimiter never comes on a line of its own");
        }

        index = end;
        return Named(name, string.Join('\n', lines[(first + 1)..end]), first);
    }

    // The runner accepts an empty name here, and fails the step later, where it stores the value.
    private static KeyValuePair<string, string> Named(string name, string value, int index) =>
        name.Length > 0 ? KeyValuePair.Create(name, value) : throw Malformed(index, "the name is empty");

    private static FormatException Malformed(int index, string problem) => new($"line {index + 1}: {problem}");
}

/// <summary>What a step left in <c>GITHUB_OUTPUT</c>, <c>GITHUB_ENV</c> or <c>GITHUB_STATE</c>.</summary>
/// <param name="Pairs">In the file's order, doubles included.</param>
public sealed record CommandFile(IReadOnlyList<KeyValuePair<string, string>> Pairs)
{
    /// <summary>The last value of each name. Names are case-sensitive, as on Linux.</summary>
    public IReadOnlyDictionary<string, string> Values { get; } =
        Pairs.GroupBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Value, StringComparer.Ordinal);

    // Pairs may hold tokens.
    public override string ToString() => string.Join(", ", Pairs.Select(pair => pair.Key));
}
