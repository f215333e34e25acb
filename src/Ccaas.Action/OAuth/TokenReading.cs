using System.Globalization;
using System.Text.Json;
using Ccaas.Action.Foundation;
using Ccaas.Action.Http;
using Ccaas.Action.Masking;
using Ccaas.Action.Tokens;

namespace Ccaas.Action.OAuth;

/// <summary>Turns a success answer into a token, or says what is wrong with it without ever quoting it: a broken answer may still hold a token.</summary>
internal sealed class TokenReading(IRunLog log, ForeignText foreignText)
{
    /// <summary>One environment variable of a Linux process holds 128 KiB; a token that does not fit would break every later step.</summary>
    public const int LongestToken = 65536;

    public Result<AccessToken> Read(HttpReply reply, string host)
    {
        TokenResponse? response;
        try
        {
            response = JsonSerializer.Deserialize(reply.Body.Span, OAuthJson.Default.TokenResponse);
        }
        catch (JsonException)
        {
            return Nonsense(host, $"its body ({foreignText.Clean(reply.ContentType ?? "no content type", 60)}, {reply.Body.Length} bytes) is not the JSON of a token response");
        }

        if (string.IsNullOrEmpty(response?.AccessToken))
        {
            return Nonsense(host, "its JSON holds no access_token");
        }

        if (response.AccessToken.Length > LongestToken || response.AccessToken.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return Nonsense(host, "its access_token holds characters that no token may hold, or is too long to be handed on");
        }

        if (response.AccessToken.Length < DerivedForms.ShortestMask)
        {
            return Nonsense(host, "its access_token is too short to be one, and to be masked");
        }

        if (response.TokenType is { } type && !type.Equals(AccessToken.Type, StringComparison.OrdinalIgnoreCase))
        {
            return Nonsense(host, $"its token is of the type '{foreignText.Clean(type, 40)}' where Bearer was expected");
        }

        return new AccessToken(new Secret(response.AccessToken), ReadLifetime(response.ExpiresIn, reply.Attempt));
    }

    private Lifetime? ReadLifetime(JsonElement expiresIn, AttemptReport attempt)
    {
        double? seconds = expiresIn.ValueKind switch
        {
            JsonValueKind.Number when expiresIn.TryGetDouble(out var number) => number,
            JsonValueKind.String when double.TryParse(expiresIn.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        };

        // A hundred years: more is nonsense, and would not fit into a date.
        if (seconds is > 0 and < 3.2e9)
        {
            return new Lifetime(TimeSpan.FromSeconds(Math.Floor(seconds.Value)), attempt.StartedAt, attempt.StartedTimestamp);
        }

        if (expiresIn.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
        {
            log.Warning("Lifetime not understood", "The server's expires_in is no number of seconds above zero; expires-in and expires-at stay empty.");
        }

        return null;
    }

    private static Failure Nonsense(string host, string what) => new(ExitCode.ServerFailed, "The answer makes no sense",
        $"{host} answered with success, but {what}.",
        "the address is not a token endpoint, or a proxy or a sign-in page answered in its place.",
        "check region and token-url, and whether this runner must pass a proxy; the answer is not shown, because it may hold a token.",
        "the-answer-makes-no-sense");
}
