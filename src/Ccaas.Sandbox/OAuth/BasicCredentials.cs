using System.Net;
using System.Text;

namespace Ccaas.Sandbox.OAuth;

/// <summary>
/// Client id and secret from a Basic header, read strictly: RFC 7617 for the header,
/// RFC 6749 section 2.3.1 for the form encoding of both halves.
/// </summary>
internal static class BasicCredentials
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Null with a problem if the header is not what it should be.</summary>
    public static (string ClientId, string ClientSecret)? Parse(string? authorization, out string problem)
    {
        problem = "";
        if (authorization is null)
        {
            return Fail("the Authorization header is missing", out problem);
        }

        if (!authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return Fail("the Authorization header is not Basic", out problem);
        }

        var encoded = authorization["Basic ".Length..];
        var bytes = new byte[encoded.Length];
        // Written back and compared: the decoder forgives white space and stray bits in the last character.
        if (!Convert.TryFromBase64String(encoded, bytes, out var length) || Convert.ToBase64String(bytes, 0, length) != encoded)
        {
            return Fail("the Basic credentials are not canonical base64", out problem);
        }

        try
        {
            var pair = StrictUtf8.GetString(bytes, 0, length).Split(':', 2);
            return pair.Length == 2
                ? (WebUtility.UrlDecode(pair[0]), WebUtility.UrlDecode(pair[1]))
                : Fail("the Basic credentials hold no colon", out problem);
        }
        catch (DecoderFallbackException)
        {
            return Fail("the Basic credentials are not UTF-8", out problem);
        }
    }

    private static (string ClientId, string ClientSecret)? Fail(string what, out string problem)
    {
        problem = what;
        return null;
    }
}
