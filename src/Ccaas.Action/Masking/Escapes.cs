namespace Ccaas.Action.Masking;

/// <summary>A text as common tools escape it for URLs, forms, JSON, HTML and shells. They differ in which characters they escape.</summary>
internal static class Escapes
{
    /// <summary>The characters besides letters and digits that percent-encoding keeps.</summary>
    private static readonly string[] Unescaped =
    [
        // RFC 3986 §2.3; curl, .NET, jq.
        "-._~",
        // urllib.parse.quote of Python.
        "-._~/",
        // A path by RFC 3986 §3.3; Java, .NET.
        "-._~!$&'()*+,;=:@/",
        // url.PathEscape of Go.
        "-._~$&+=:@",
        // encodeURIComponent of ECMAScript.
        "-._~!*'()",
        // encodeURI of ECMAScript.
        "-._~!*'();/?:@&=+$,#",
        // application/x-www-form-urlencoded of the URL standard; Java.
        "-._*",
        // WebUtility.UrlEncode of .NET.
        "-._!*()",
    ];

    private static readonly string[] Spaces = ["%20", "+"];

    private static readonly string[] Digits = ["0123456789ABCDEF", "0123456789abcdef"];

    /// <summary>Characters escaped as \uXXXX, whether non-ASCII is too, the format of the digits, whether a slash is escaped.</summary>
    private static readonly (string Escaped, bool IsAscii, string Digits, bool EscapesSlash)[] JsonWriters =
    [
        // The minimum of RFC 8259 §7: ECMAScript, jq, Jackson.
        ("", false, "x4", false),
        // Python.
        ("", true, "x4", false),
        // PHP, with and without JSON_UNESCAPED_UNICODE.
        ("", true, "x4", true),
        ("", false, "x4", true),
        // Go, Ruby on Rails.
        ("<>&", false, "x4", false),
        // Gson.
        ("<>&='", false, "x4", false),
        // System.Text.Json.
        ("\"&'+<>`", true, "X4", false),
    ];

    private static readonly (string Quote, string Apostrophe)[] HtmlWriters =
    [
        ("\"", "'"), ("&quot;", "'"), ("&quot;", "&apos;"),
        // .NET, JavaScript's; PHP; Python; Go and Jinja.
        ("&quot;", "&#39;"), ("&quot;", "&#039;"), ("&quot;", "&#x27;"), ("&#34;", "&#39;"),
    ];

    /// <returns>Empty when no tool escapes any of the characters; may contain duplicates.</returns>
    public static IEnumerable<string> Of(string value, byte[] utf8) =>
        value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_') ? [] :
        [
            .. Percent(utf8),
            .. JsonWriters.Select(writer => Json(value, writer)),
            .. HtmlWriters.Select(writer => Html(value, writer)),
            .. Shell(value, utf8),
        ];

    private static IEnumerable<string> Percent(byte[] utf8) =>
        from space in Spaces
        where space == Spaces[0] || utf8.Contains((byte)' ')
        from digits in Digits
        from unescaped in Unescaped
        select Percent(utf8, unescaped, digits, space);

    private static string Percent(byte[] utf8, string unescaped, string digits, string space)
    {
        var text = new StringBuilder(utf8.Length * 2);
        foreach (var b in utf8)
        {
            _ = (char)b switch
            {
                var c when char.IsAsciiLetterOrDigit(c) || unescaped.Contains(c, StringComparison.Ordinal) => text.Append(c),
                ' ' => text.Append(space),
                _ => text.Append('%').Append(digits[b >> 4]).Append(digits[b & 15]),
            };
        }

        return text.ToString();
    }

    private static string Json(string value, (string Escaped, bool IsAscii, string Digits, bool EscapesSlash) writer)
    {
        return Replace(value, c => c switch
        {
            _ when writer.Escaped.Contains(c, StringComparison.Ordinal) => Unicode(c),
            '"' or '\\' => $"\\{c}",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '/' when writer.EscapesSlash => "\\/",
            < ' ' => Unicode(c),
            > '~' when writer.IsAscii => Unicode(c),
            _ => null,
        });

        string Unicode(char c) => $"\\u{((int)c).ToString(writer.Digits, CultureInfo.InvariantCulture)}";
    }

    private static string Html(string value, (string Quote, string Apostrophe) writer) => Replace(value, c => c switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => writer.Quote,
        '\'' => writer.Apostrophe,
        _ => null,
    });

    private static IEnumerable<string> Shell(string value, byte[] utf8) =>
    [
        // printf %q of bash.
        Replace(value, c => " \t!\"$&'()*,;<>?[\\]^`{|}".Contains(c, StringComparison.Ordinal) ? $"\\{c}" : null),
        // The same for non-ASCII text in the C locale.
        string.Concat(utf8.Select(b => b > '~' ? $"\\{Convert.ToString(b, 8)}" : (char)b is '\'' or '\\' ? $"\\{(char)b}" : $"{(char)b}")),
        // repr of Python.
        Replace(value, c => c is '\'' or '\\' ? $"\\{c}" : null),
        // Inside double quotes.
        Replace(value, c => c is '"' or '$' or '`' or '\\' ? $"\\{c}" : null),
        // Inside single quotes: set -x of bash, shlex of Python, and tools that double them (PowerShell, YAML, SQL).
        value.Replace("'", "'\\''", StringComparison.Ordinal),
        value.Replace("'", "'\"'\"'", StringComparison.Ordinal),
        value.Replace("'", "''", StringComparison.Ordinal),
        // CSV.
        value.Replace("\"", "\"\"", StringComparison.Ordinal),
    ];

    private static string Replace(string value, Func<char, string?> escape)
    {
        var text = new StringBuilder(value.Length + 16);
        foreach (var c in value)
        {
            _ = escape(c) is { } escaped ? text.Append(escaped) : text.Append(c);
        }

        return text.ToString();
    }
}
