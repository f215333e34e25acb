namespace Ccaas.Action.Inputs;

/// <summary>What an address must be before credentials are sent to it (RFC 6749 §3.2: TLS; no fragment).</summary>
internal static class EndpointRule
{
    /// <returns>What is wrong, or null; <paramref name="address"/> is set when nothing is.</returns>
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
    /// The address that a server's response names, where it is one that credentials may be sent to: an address has no characters
    /// beyond ASCII (RFC 3986 §2; invisible ones in a host would look like another), and no vendor's is that long.
    /// </summary>
    public static Uri? Named(string? text) =>
        text is { Length: <= 300 } && !text.AsSpan().ContainsAnyExceptInRange('!', '~') && Check(text, out var address) is null && !address!.Host.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? address
            : null;

    private static bool IsLoopback(Uri uri) =>
        uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}

/// <summary>Recognizes texts that stand where a secret should be but are none.</summary>
internal static partial class SecretRule
{
    /// <returns>What is wrong, without the value; null when the text can be a secret.</returns>
    public static string? Check(string text)
    {
        if (text.AsSpan().ContainsAnyInRange('\0', '\u001F'))
        {
            return "holds a line break or another control character in its middle; store the value alone, on one line.";
        }

        if (text.AsSpan().Trim('*').IsEmpty)
        {
            return "is asterisks: a masked value was copied from a log; store the real one.";
        }

        return UnresolvedReference().IsMatch(text)
            ? "is a reference that nothing has filled in, such as ${{ secrets.NAME }} or $(NAME); check the secret's name and that this job may read it."
            : null;
    }

    [GeneratedRegex(@"^(\$\{\{.*\}\}|\$\([\w.\-]+\)|\$\{?[A-Za-z_]\w*\}?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex UnresolvedReference();
}

/// <summary>
/// What no input that is shown or sent as it stands may hold: characters that nobody sees, which a paste brings along, and
/// which can reorder what a reviewer reads.
/// </summary>
internal static class VisibleTextRule
{
    /// <param name="text">The input's value.</param>
    /// <param name="mayHaveLines">Whether line breaks and tabs are a part of it.</param>
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

/// <summary>What the name of a host may be made of, RFC 1123 §2.1.</summary>
internal static class DomainName
{
    public static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
