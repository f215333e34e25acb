using System.Net;

namespace Ccaas.Sandbox.OAuth;

/// <summary>The fields of an <c>application/x-www-form-urlencoded</c> body, in their order, doubles included.</summary>
internal static class FormBody
{
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(string body) =>
        [.. body.Split('&').Where(field => field.Length > 0).Select(field =>
        {
            var pair = field.Split('=', 2);
            return KeyValuePair.Create(WebUtility.UrlDecode(pair[0]), WebUtility.UrlDecode(pair.ElementAtOrDefault(1) ?? ""));
        })];
}
