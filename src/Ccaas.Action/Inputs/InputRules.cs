namespace Ccaas.Action.Inputs;

/// <summary>Which addresses credentials may be sent to (RFC 6749 §3.2: TLS, no fragment).</summary>
internal static class EndpointRule
{
    /// <returns>What is wrong; null, and the address, when nothing is.</returns>
    public static string? Check(string text, out Uri? address)
    {
        address = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.Scheme is not ("https" or "http"))
        {
            return "is not an address; write it whole, like https://login.example.com/oauth/token.";
        }

        if (uri.UserInfo.Length > 0)
        {
            return "holds a user name or password; give the address without it.";
        }

        if (uri.Fragment.Length > 0)
        {
            return "holds a fragment (#…); give the address without it.";
        }

        if (uri.Scheme == "http" && !IsLoopback(uri))
        {
            return "is plain http; credentials travel over https only (http is allowed on loopback only: 127.0.0.1, [::1], localhost).";
        }

        address = uri;
        return null;
    }

    /// <summary>
    /// An address in a server's response. It is ASCII (RFC 3986 §2), since a host with an invisible character would look like
    /// another host, and has at most 300 characters, more than any vendor's.
    /// </summary>
    /// <returns>Null when credentials may not be sent to it.</returns>
    public static Uri? Named(string? text) =>
        text is { Length: <= 300 } && IsVisibleAscii(text) && Check(text, out var address) is null && IsVisibleAscii(address!.Host)
            ? address
            : null;

    private static bool IsVisibleAscii(string text) => !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    private static bool IsLoopback(Uri uri) =>
        uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}

/// <summary>Recognizes values that stand in place of a secret but cannot be one.</summary>
internal static partial class SecretRule
{
    /// <returns>What is wrong, without the value; null when nothing is.</returns>
    public static string? Check(string text) => text switch
    {
        _ when text.AsSpan().ContainsAnyInRange('\0', '\u001F') =>
            "holds a line break or another control character in its middle; store the value alone, on one line.",
        _ when text.AsSpan().Trim('*').IsEmpty => "is asterisks: a masked value was copied from a log; store the real one.",
        _ when UnresolvedReference().IsMatch(text) =>
            "is a reference that nothing has filled in, such as ${{ secrets.NAME }} or $(NAME); "
            + "check the secret's name and that this job may read it.",
        _ => null,
    };

    [GeneratedRegex(@"^(\$\{\{.*\}\}|\$\([\w.\-]+\)|\$\{?[A-Za-z_]\w*\}?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex UnresolvedReference();
}

/// <summary>
/// Refuses invisible characters in inputs that are printed or sent as they are. They come with pasted text, and can reorder what
/// a reviewer reads.
/// </summary>
internal static class VisibleTextRule
{
    /// <param name="text">The input's value.</param>
    /// <param name="mayHaveLines">Whether line breaks and tabs are allowed.</param>
    /// <returns>What is wrong, without the value; null when nothing is.</returns>
    public static string? Check(string text, bool mayHaveLines)
    {
        var position = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            position++;
            var isInvisible = Rune.GetUnicodeCategory(rune) is
                UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            if (isInvisible && !(mayHaveLines && (rune.Value is '\n' or '\r' or '\t')))
            {
                return $"holds a character that does not show (U+{rune.Value:X4}, at place {position}); type it again without.";
            }
        }

        return null;
    }
}

internal static class DomainName
{
    /// <summary>RFC 1123 §2.1.</summary>
    public static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
