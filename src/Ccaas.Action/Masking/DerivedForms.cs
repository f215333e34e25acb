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

    /// <returns>Each form once, the value itself first; empty when the value is too short to mask.</returns>
    public static IReadOnlyList<string> Of(string value)
    {
        if (value.Trim().Length < ShortestMask)
        {
            return [];
        }

        var forms = new List<string> { value };
        foreach (var form in Encoded(value).Where(form => form.Length >= ShortestMask))
        {
            if (!forms.Contains(form, StringComparer.Ordinal))
            {
                forms.Add(form);
            }
        }

        return forms;
    }

    private static IEnumerable<string> Encoded(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        var percent = Uri.EscapeDataString(value);
        var form = percent.Replace("%20", "+", StringComparison.Ordinal);

        return
        [
            .. Base64(bytes),
            percent, LowerCaseEscapes(percent),
            form, LowerCaseEscapes(form),
            // What percent-encoding leaves alone, JSON does as well; its encoders are slow to set up.
            .. percent == value ? Enumerable.Empty<string>() : Json(value),
            Convert.ToHexStringLower(bytes), Convert.ToHexString(bytes),
            .. JwtParts(value),
        ];
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

    private static string[] Json(string value) => [JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value), JavaScriptEncoder.Default.Encode(value)];

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
