using System.Text;
using System.Text.Json;

namespace Ccaas.Action.Tests.Masking;

/// <summary>
/// How programs write a value down. Made here once more, character by character and by other rules than the program's own,
/// which is what is under test.
/// </summary>
internal static class Disguise
{
    private const string Digits = "0123456789abcdef";

    /// <summary>Those that write the value alone, whatever stands beside it.</summary>
    public static IReadOnlyDictionary<string, Func<string, string>> All { get; } = new Dictionary<string, Func<string, string>>
    {
        ["as it is"] = value => value,
        ["percent-encoded (RFC 3986)"] = value => Percent(value, "-._~", upper: true),
        ["percent-encoded with small letters"] = value => Percent(value, "-._~", upper: false),
        ["form-encoded, as Python and .NET do it"] = value =>
            Percent(value, "-._~", upper: true).Replace("%20", "+", StringComparison.Ordinal),
        ["form-encoded with small letters"] = value => Percent(value, "-._~", upper: false).Replace("%20", "+", StringComparison.Ordinal),
        ["as JSON"] = value => value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal),
        ["as System.Text.Json writes it"] = value => JsonSerializer.Serialize(value)[1..^1],
        ["as Python writes it into JSON"] = value =>
            Json(value)
            .Aggregate("", (text, c) =>
            text + (c < 128 ? c.ToString() : $"\\u{Hex((byte)(c >> 8), upper: false)}{Hex((byte)c, upper: false)}")),
        ["as PHP writes it into JSON"] = value =>
            All!["as Python writes it into JSON"](value).Replace("/", "\\/", StringComparison.Ordinal),
        ["as Gson writes it into JSON"] = value =>
            Json(value).Replace("<", "\\u003c", StringComparison.Ordinal).Replace(">", "\\u003e", StringComparison.Ordinal)
            .Replace("&", "\\u0026", StringComparison.Ordinal).Replace("=", "\\u003d", StringComparison.Ordinal)
            .Replace("'", "\\u0027", StringComparison.Ordinal),
        ["as Go writes it into JSON"] = value =>
            Json(value).Replace("<", "\\u003c", StringComparison.Ordinal).Replace(">", "\\u003e", StringComparison.Ordinal)
            .Replace("&", "\\u0026", StringComparison.Ordinal),
        ["as Python escapes it for HTML"] = value => Html(value).Replace("'", "&#x27;", StringComparison.Ordinal),
        ["as .NET escapes it for HTML"] = value => Html(value).Replace("'", "&#39;", StringComparison.Ordinal),
        ["as XML"] = value => Html(value).Replace("'", "&apos;", StringComparison.Ordinal),
        ["between single quotes of a shell"] = value => string.Join("'\\''", value.Split('\'')),
        ["between double quotes of a shell"] = value =>
            value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("$", "\\$", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal),
        ["percent-encoded for a path, as Python does it"] = value => Percent(value, "-._~/", upper: true),
        ["in hex"] = value => Hex(value, upper: false),
        ["in hex with capital letters"] = value => Hex(value, upper: true),
    };

    /// <summary>Encoders that differ in which punctuation they leave alone.</summary>
    public static IReadOnlyDictionary<string, Func<string, string>> OfTheWeb { get; } = new Dictionary<string, Func<string, string>>
    {
        ["as encodeURI of JavaScript writes it"] = value => Percent(value, "-._~!*'();/?:@&=+$,#", upper: true),
        ["as encodeURIComponent of JavaScript writes it"] = value => Percent(value, "-._~!*'()", upper: true),
        ["as forms of the web are encoded"] = value => Percent(value, "-._*", upper: true).Replace("%20", "+", StringComparison.Ordinal),
    };

    /// <summary>The base64 of the value between other bytes.</summary>
    public static string Base64(string before, string value, string after, bool urlSafe)
    {
        var text = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{before}{value}{after}"));
        return urlSafe ? text.TrimEnd('=').Replace('+', '-').Replace('/', '_') : text;
    }

    private static string Json(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string Html(string value) =>
        value.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);

    private static string Percent(string value, string unreserved, bool upper) => string.Concat(Encoding.UTF8.GetBytes(value).Select(b =>
        char.IsAsciiLetterOrDigit((char)b) || unreserved.Contains((char)b, StringComparison.Ordinal)
            ? ((char)b).ToString()
            : $"%{Hex(b, upper)}"));

    private static string Hex(string value, bool upper) => string.Concat(Encoding.UTF8.GetBytes(value).Select(b => Hex(b, upper)));

    private static string Hex(byte b, bool upper)
    {
        var digits = $"{Digits[b >> 4]}{Digits[b & 15]}";
        return upper ? digits.ToUpperInvariant() : digits;
    }
}
