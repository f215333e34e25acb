namespace Ccaas.Sandbox.GitHubRunner;

/// <summary>
/// Hides registered values in lines of output as GitHub's runner does (actions/runner, src/Sdk/DTLogging/Logging/SecretMasker.cs):
/// everything that any value covers becomes stars, values that overlap or touch becoming one run of them.
/// </summary>
public sealed class Masker
{
    private const string Stars = "***";

    private readonly HashSet<string> _hidden = new(StringComparer.Ordinal);
    private readonly List<string> _values = [];

    /// <summary>The values that were registered, without their encoded forms, in order.</summary>
    public IReadOnlyList<string> Values => _values;

    /// <summary>What <c>add-mask</c> does: the whole value, and each of its lines without the white space around it.</summary>
    /// <returns>False, with nothing registered, for white space alone.</returns>
    public bool AddMask(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (string.IsNullOrWhiteSpace(value))
        {
            return false;
        }

        Add(value);
        foreach (var line in value.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            Add(line);
        }

        return true;
    }

    /// <summary>A value that the runner knows from elsewhere, a repository's secret for one.</summary>
    public void Add(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        if (_values.Contains(value))
        {
            return;
        }

        _values.Add(value);
        _hidden.Add(value);
        _hidden.UnionWith(EncodedForms.Of(value));
    }

    public string Mask(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var covered = new bool[line.Length];
        foreach (var value in _hidden)
        {
            // From the next character, not from behind the hit: a value may overlap itself.
            for (var at = line.IndexOf(value, StringComparison.Ordinal); at >= 0; at = IndexAfter(line, value, at))
            {
                covered.AsSpan(at, value.Length).Fill(true);
            }
        }

        var result = new System.Text.StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            if (!covered[i])
            {
                result.Append(line[i]);
            }
            else if (i == 0 || !covered[i - 1])
            {
                result.Append(Stars);
            }
        }

        return result.ToString();
    }

    private static int IndexAfter(string line, string value, int at) => line.IndexOf(value, at + 1, StringComparison.Ordinal);
}
