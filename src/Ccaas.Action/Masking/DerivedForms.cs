using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Ccaas.Action.Masking;

/// <summary>
/// The forms in which a secret turns up in logs: as it is, and as base64, base64url, percent-encoding, form encoding, JSON,
/// hex, or a part of a JWT. The runner derives some of these by itself; all are made here, so that what is masked does not
/// depend on the version of the runner.
/// </summary>
internal static class DerivedForms
{
    /// <summary>Nothing shorter is masked: a mask of a few characters ruins every log line after it.</summary>
    public const int ShortestMask = 8;

    /// <summary>Encoders differ in the punctuation that they leave alone.</summary>
    private static readonly string[] Unreserved =
    [
        // RFC 3986 §2.3; curl, Python, .NET.
        "-._~",
        // encodeURIComponent of ECMAScript.
        "-._~!*'()",
        // application/x-www-form-urlencoded of the URL standard; Java.
        "-._*",
    ];

    /// <returns>Each form once, the value itself first; empty when the value is too short to mask.</returns>
    public static IReadOnlyList<string> Of(string value)
    {
        if (value.Trim().Length < ShortestMask)
        {
            return [];
        }

        // The runner masks each line of what it is told; so each is told by itself, none that is too short, and no form that
        // still holds a line break.
        var lines = value.Split(['\r', '\n'], StringSplitOptions.TrimEntries);
        // The lines around a PEM text are the same in all of them, and no secret.
        string[] whole = lines.Length == 1 ? [value] : [.. lines.Where(line => !line.StartsWith("-----", StringComparison.Ordinal))];
        return [.. whole.Concat(Encoded(value)).Where(form => form.Length >= ShortestMask && form.AsSpan().IndexOfAny('\r', '\n') < 0).Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Encoded(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        return [.. Base64(bytes), .. Escaped(value, bytes), Convert.ToHexStringLower(bytes), Convert.ToHexString(bytes), .. JwtParts(value)];
    }

    /// <summary>For addresses, forms and JSON. What percent-encoding leaves alone, all of them do; JSON's encoders are slow to set up.</summary>
    private static IEnumerable<string> Escaped(string value, byte[] bytes)
    {
        var percent = Unreserved.Select(unreserved => Percent(bytes, unreserved)).ToList();
        if (percent.TrueForAll(form => form == value))
        {
            return [];
        }

        var forms = percent.Concat(percent.Select(form => form.Replace("%20", "+", StringComparison.Ordinal))).ToList();
        return [.. forms, .. forms.Select(LowerCaseEscapes), JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value), JavaScriptEncoder.Default.Encode(value)];
    }

    private static string Percent(byte[] bytes, string unreserved)
    {
        var text = new StringBuilder(bytes.Length * 3);
        foreach (var b in bytes)
        {
            if (char.IsAsciiLetterOrDigit((char)b) || unreserved.Contains((char)b, StringComparison.Ordinal))
            {
                text.Append((char)b);
            }
            else
            {
                text.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }

    /// <summary>
    /// Base64 of the whole without its padding, and of what stays the same when the secret stands inside other text: that
    /// begins at any of three offsets, and its last group depends on what follows.
    /// </summary>
    private static IEnumerable<string> Base64(byte[] bytes)
    {
        yield return Convert.ToBase64String(bytes).TrimEnd('=');
        yield return UrlSafe(Convert.ToBase64String(bytes).TrimEnd('='));
        for (var offset = 0; offset < 3; offset++)
        {
            var inner = Convert.ToBase64String(bytes, offset, (bytes.Length - offset) / 3 * 3);
            yield return inner;
            yield return UrlSafe(inner);
        }
    }

    // The payload is readable and the signature is what makes it valid. The header is the same in every token of an issuer:
    // masking it would protect nothing.
    private static string[] JwtParts(string value)
    {
        var parts = value.Split('.');
        return parts.Length == 3 && value.StartsWith("ey", StringComparison.Ordinal) ? parts[1..] : [];
    }

    private static string UrlSafe(string base64) => base64.Replace('+', '-').Replace('/', '_');

    private static string LowerCaseEscapes(string text)
    {
        var result = text.ToCharArray();
        for (var i = 0; i + 2 < result.Length; i++)
        {
            if (result[i] == '%')
            {
                result[i + 1] = char.ToLowerInvariant(result[i + 1]);
                result[i + 2] = char.ToLowerInvariant(result[i + 2]);
            }
        }

        return new string(result);
    }
}
