namespace Ccaas.Action.Masking;

/// <summary>
/// The forms in which a secret turns up in logs: as it is, and as base64, base64url, hex, a part of a JWT, or escaped for what
/// it is written into. The runner derives some of these by itself; all are made here, so that what is masked does not depend on
/// the version of the runner.
/// </summary>
internal static class DerivedForms
{
    /// <summary>Nothing shorter is masked: a mask of a few characters ruins every log line after it.</summary>
    public const int ShortestMask = 8;

    /// <summary>After how many characters programs break base64: base64 of coreutils (RFC 2045 §6.8), openssl (RFC 7468 §2).</summary>
    private static readonly int[] Columns = [76, 64];

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

    /// <summary>The lines that programs break base64 into; nothing when it fits into one.</summary>
    public static IEnumerable<string> Wrapped(string base64) =>
        from columns in Columns
        where base64.Length > columns
        from line in base64.Chunk(columns)
        select new string(line).TrimEnd('=');

    private static IEnumerable<string> Encoded(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        return [.. Base64(bytes), .. Escapes.Of(value, bytes), Convert.ToHexStringLower(bytes), Convert.ToHexString(bytes), .. JwtParts(value)];
    }

    /// <summary>
    /// Base64 of the whole without its padding, and of what stays the same when the secret stands inside other text: that
    /// begins at any of three offsets, and its last group depends on what follows. Where lines are broken is known for a text
    /// that begins with the secret alone.
    /// </summary>
    private static IEnumerable<string> Base64(byte[] bytes)
    {
        var whole = Convert.ToBase64String(bytes).TrimEnd('=');
        List<string> forms = [whole, .. Enumerable.Range(0, 3).Select(offset => Convert.ToBase64String(bytes, offset, (bytes.Length - offset) / 3 * 3))];
        return [.. forms.SelectMany(form => new[] { form, form.Replace('+', '-').Replace('/', '_') }), .. Wrapped(whole), .. Wrapped(forms[1])];
    }

    // The payload is readable and the signature is what makes it valid. The header is the same in every token of an issuer:
    // masking it would protect nothing.
    private static string[] JwtParts(string value)
    {
        var parts = value.Split('.');
        return parts.Length == 3 && value.StartsWith("ey", StringComparison.Ordinal) ? parts[1..] : [];
    }
}
