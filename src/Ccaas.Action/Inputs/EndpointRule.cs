using System.Net;

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
            return "is plain http; credentials travel over https only (http is allowed to this machine itself: 127.0.0.1, [::1], localhost).";
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
