using System.Globalization;
using System.Security;
using System.Text;

namespace Ccaas.Sandbox.GitHubRunner;

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
