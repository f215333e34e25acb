using System.Globalization;
using System.Security;
using System.Text;

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

    /// <summary>A value that the runner knows already, such as a repository's secret.</summary>
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

/// <summary>The forms of a value that GitHub's runner hides by itself. What is not here, an action must mask itself.</summary>
internal static class EncodedForms
{
    // PowerShell colors parts of an error message; shorter parts than this are left alone.
    private const int ShortestAmpersandPart = 6;

    public static IEnumerable<string> Of(string value) => All(value).Where(form => form.Length > 0);

    private static IEnumerable<string> All(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        // base64 works on groups of three bytes: what stands before a value decides at which of its bytes a group begins.
        for (var skipped = 0; skipped < 3; skipped++)
        {
            yield return Convert.ToBase64String(bytes.Length > skipped ? bytes.AsSpan(skipped) : bytes);
        }

        yield return value.Replace("\"", "\\\"", StringComparison.Ordinal);
        yield return value.Replace("'", "''", StringComparison.Ordinal);
        yield return string.Concat(value.Select(JsonEscape));
        yield return Uri.EscapeDataString(value);
        yield return SecurityElement.Escape(value) ?? "";

        if (value.Length > 8 && value[0] == '"' && value[^1] == '"')
        {
            yield return value[1..^1];
        }

        foreach (var part in AmpersandParts(value).Where(part => part.Length >= ShortestAmpersandPart))
        {
            yield return part;
        }
    }

    private static IEnumerable<string> AmpersandParts(string value)
    {
        if (value.IndexOf("&+", StringComparison.Ordinal) is >= 0 and var plus)
        {
            yield return value[..(plus + 2)];
            // The letter behind it is colored by itself, and so cut off.
            if (plus + 3 < value.Length)
            {
                yield return value[(plus + 3)..];
            }
        }
        else if (value.LastIndexOf('&') is >= 0 and var last)
        {
            yield return value[..(last + 1)];
            yield return value[(last + 1)..];
        }
    }

    // By hand, because serializers differ in what they escape beyond need, and the runner's (Newtonsoft) escapes little.
    private static string JsonEscape(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => @"\\",
        '\b' => @"\b",
        '\f' => @"\f",
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        < ' ' or '\u0085' or '\u2028' or '\u2029' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
        _ => c.ToString(),
    };
}
