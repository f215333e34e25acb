using System.Net;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.Control;

/// <summary>
/// Requests as they are shown outside of the process. Real credentials may be sent to a sandbox by mistake, and
/// everybody who can reach the port could read them.
/// </summary>
internal static class Redaction
{
    private static readonly HashSet<string> HarmlessFields =
        ["grant_type", "scope", "client_id", "audience", "resource", "token_type_hint"];

    /// <summary>Of Authorization and similar headers, only the scheme.</summary>
    public static string Header(string name, string value) => name.ToUpperInvariant() switch
    {
        "AUTHORIZATION" or "PROXY-AUTHORIZATION" => $"{value.Split(' ')[0]} ***",
        "COOKIE" or "X-AMZ-SECURITY-TOKEN" or "X-AWS-EC2-METADATA-TOKEN" => "***",
        _ => value,
    };

    /// <summary>Nothing of a token in the query.</summary>
    public static string Query(string query) => string.Join('&', query.Split('&').Select(
        field => field.StartsWith("oauth_token=", StringComparison.Ordinal) ? "oauth_token=***" : field));

    /// <summary>Of a form, only the values of fields that cannot be secret; of other bodies, nothing.</summary>
    public static string Body(string? contentType, string body)
    {
        if (body.Length == 0)
        {
            return body;
        }

        return contentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true
            ? string.Join('&', FormBody.Parse(body).Select(
                f => $"{WebUtility.UrlEncode(f.Key)}={(HarmlessFields.Contains(f.Key) ? WebUtility.UrlEncode(f.Value) : "***")}"))
            : "***";
    }
}
