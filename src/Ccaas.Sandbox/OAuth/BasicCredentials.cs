using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Ccaas.Sandbox.OAuth;

/// <summary>
/// Client id and secret of a Basic header, read strictly (RFC 7617). Both are as they were sent: whether
/// they are form-encoded depends on the client.
/// </summary>
internal sealed partial record BasicCredentials(string Id, string Secret)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Null with a problem if the header is not what it should be.</summary>
    public static BasicCredentials? Parse(string? authorization, out string problem)
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
            return pair.Length == 2 ? new BasicCredentials(pair[0], pair[1]) : Fail("the Basic credentials hold no colon", out problem);
        }
        catch (DecoderFallbackException)
        {
            return Fail("the Basic credentials are not UTF-8", out problem);
        }
    }

    /// <summary>False if a character came as it is that form encoding would have replaced, whichever of its dialects.</summary>
    public bool AreFormEncoded => FormEncoded().IsMatch(Id) && FormEncoded().IsMatch(Secret);

    /// <param name="client">Whose it may be.</param>
    /// <param name="raw">Both halves are as they are; otherwise form-encoded, as RFC 6749 section 2.3.1 has it.</param>
    public bool IsIdOf(SandboxClient client, bool raw) => Decoded(Id, raw) == client.ClientId;

    public bool IsSecretOf(SandboxClient client, bool raw) => Decoded(Secret, raw) == client.ClientSecret;

    // The generated one would print the secret.
    public override string ToString() => nameof(BasicCredentials);

    private static string Decoded(string half, bool raw) => raw ? half : WebUtility.UrlDecode(half);

    private static BasicCredentials? Fail(string what, out string problem)
    {
        problem = what;
        return null;
    }

    [GeneratedRegex(@"\A(?:[A-Za-z0-9*._~!'()+-]|%[0-9A-Fa-f]{2})*\z")]
    private static partial Regex FormEncoded();
}
