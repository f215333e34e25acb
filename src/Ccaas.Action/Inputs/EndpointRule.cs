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

    private static bool IsLoopback(Uri uri) =>
        uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
