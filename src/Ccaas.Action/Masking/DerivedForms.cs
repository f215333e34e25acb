namespace Ccaas.Action.Masking;

/// <summary>
/// The encodings in which a secret can appear in a log: plain, base64, base64url, hex, a part of a JWT, or escaped. GitHub's
/// runner derives some of them itself; all are made here, so that masking does not depend on the runner's version.
/// </summary>
internal static class DerivedForms
{
    /// <summary>Shorter texts are not masked: a mask of a few characters would blank parts of unrelated log lines.</summary>
    public const int ShortestMask = 8;

    /// <summary>Line lengths of base64: coreutils (RFC 2045 §6.8) and openssl (RFC 7468 §2).</summary>
    private static readonly int[] LineLengths = [76, 64];

    /// <returns>Each form once, the value itself first; empty when the value is too short to mask.</returns>
    public static IReadOnlyList<string> Of(string value)
    {
        if (value.Trim().Length < ShortestMask)
        {
            return [];
        }

        // The runner masks each line of a mask command's value separately, so a value of several lines is split here.
        var lines = value.Split(['\r', '\n'], StringSplitOptions.TrimEntries);
        // The BEGIN and END lines of a PEM text are not secret, and the same in all of them.
        string[] plain = lines.Length == 1 ? [value] : [.. lines.Where(line => !line.StartsWith("-----", StringComparison.Ordinal))];
        return
        [
            .. plain.Concat(Encoded(value))
                .Where(form => form.Length >= ShortestMask && form.AsSpan().IndexOfAny('\r', '\n') < 0)
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <returns>The lines into which programs break the base64 text; none when it fits on one line.</returns>
    public static IEnumerable<string> Wrapped(string base64) =>
        from length in LineLengths
        where base64.Length > length
        from line in base64.Chunk(length)
        select new string(line).TrimEnd('=');

    private static IEnumerable<string> Encoded(string value)
    {
        var utf8 = Encoding.UTF8.GetBytes(value);
        return [.. Base64(utf8), .. Escapes.Of(value, utf8), Convert.ToHexStringLower(utf8), Convert.ToHexString(utf8), .. JwtParts(value)];
    }

    /// <summary>
    /// Base64 of the whole secret, and of the secret inside a longer text. There it starts at one of three offsets, and its last
    /// group depends on what follows; the groups in between stay the same. Line breaks are known only for a text that starts
    /// with the secret.
    /// </summary>
    private static IEnumerable<string> Base64(byte[] bytes)
    {
        var whole = Convert.ToBase64String(bytes).TrimEnd('=');
        var inner = Enumerable.Range(0, 3).Select(start => Convert.ToBase64String(bytes, start, (bytes.Length - start) / 3 * 3)).ToList();
        return
        [
            .. inner.Prepend(whole).SelectMany(form => new[] { form, form.Replace('+', '-').Replace('/', '_') }),
            .. Wrapped(whole),
            .. Wrapped(inner[0]),
        ];
    }

    // The payload is readable, and the signature makes the token valid. The header is the same in every token of an issuer.
    private static string[] JwtParts(string value)
    {
        var parts = value.Split('.');
        return parts.Length == 3 && value.StartsWith("ey", StringComparison.Ordinal) ? parts[1..] : [];
    }
}
