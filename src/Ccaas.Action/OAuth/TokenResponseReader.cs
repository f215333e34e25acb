namespace Ccaas.Action.OAuth;

/// <summary>
/// Turns a success response into a token, or says what is wrong with it without ever quoting it: a broken response may still
/// hold a token. What it holds is masked before anything of it is judged.
/// </summary>
internal sealed class TokenResponseReader(Masker masker, UntrustedText untrustedText)
{
    /// <summary>One environment variable of a Linux process holds 128 KiB; a token that does not fit would break every later step.</summary>
    public const int LongestToken = 65536;

    /// <summary>A refresh token, an id token, and what vendors invent. Each is masked in twenty forms and more, so a server must not choose how many.</summary>
    private const int MostCompanions = 16;

    /// <summary>What RFC 6750 calls Bearer, and what a gateway in wide use (Apigee, at 8x8 for one) calls it.</summary>
    private static readonly string[] BearerTypes = [AccessToken.Type, "BearerToken"];

    /// <param name="reply">The answer.</param>
    /// <param name="host">Who gave it.</param>
    /// <param name="apiField">The field that holds the API's address; null: none does.</param>
    public TokenResponse Read(HttpReply reply, string host, string? apiField)
    {
        using var response = Parse(reply.Body);
        if (response is null)
        {
            throw InvalidResponse(host, $"its body ({untrustedText.Clean(reply.ContentType ?? "no content type", 60)}, {reply.Body.Length} bytes) is not the JSON of a token response");
        }

        var fields = response.RootElement;
        var token = JsonField.Text(fields, "access_token");
        if (string.IsNullOrEmpty(token))
        {
            throw InvalidResponse(host, "its JSON holds no access_token");
        }

        if (token.Length > LongestToken || token.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw InvalidResponse(host, "its access_token holds characters that no token may hold, or is too long to be published");
        }

        if (token.Length < DerivedForms.ShortestMask)
        {
            throw InvalidResponse(host, "its access_token is too short to be one, and to be masked");
        }

        if (Mask(fields, token) is not { } tokens)
        {
            throw InvalidResponse(host, "it holds more tokens, or longer ones, than any server sends");
        }

        if (JsonField.Text(fields, "token_type") is { } type && !BearerTypes.Contains(type, StringComparer.OrdinalIgnoreCase))
        {
            throw OtherType(host, type, tokens);
        }

        var api = apiField is not null && JsonField.Text(fields, apiField) is { Length: > 0 } address ? address : null;
        if (api is not null && masker.Hides(api))
        {
            throw InvalidResponse(host, $"its {apiField} holds a secret");
        }

        var expiresIn = fields.TryGetProperty("expires_in", out var value) ? value : default;
        var lifetime = ReadLifetime(expiresIn, reply.Attempt);
        return new TokenResponse(new AccessToken(new Secret(token), lifetime), reply.Attempt.Count)
        {
            IdToken = JsonField.Text(fields, "id_token") is { Length: > 0 } idToken ? new Secret(idToken) : null,
            Scope = JsonField.Text(fields, "scope") is { Length: > 0 } scope ? scope : null,
            Api = api,
            LifetimeNotUnderstood = lifetime is null && expiresIn.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null),
        };
    }

    /// <summary>A refusal may hold a token as well, and repeat it in its words. Where that cannot be told, or is too much, its words are not shown.</summary>
    public HttpReply Masked(HttpReply refusal)
    {
        using var response = Parse(refusal.Body);
        return response is not null && MaskAll([.. response.RootElement.EnumerateObject().Where(IsNamedAsToken).Select(field => field.Value.ToString()).Distinct(StringComparer.Ordinal)])
            ? refusal
            : refusal with { Error = VendorError.None };
    }

    /// <summary>A success body of RFC 6749 §5.1: an object whose token and its type are texts, and no text of which is broken.</summary>
    private static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.EnumerateObject().All(IsWhole))
            {
                return document;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // An unpaired surrogate, or what is no UTF-8, is found when its text is read.
        }

        document?.Dispose();
        return null;
    }

    // A name is read as well: one that is no text would throw later, where nobody expects it.
    private static bool IsWhole(JsonProperty field) => field.Name is var name && field.Value.ValueKind switch
    {
        JsonValueKind.String => field.Value.GetString() is not null,
        JsonValueKind.Null => true,
        _ => name is not ("access_token" or "token_type"),
    };

    /// <returns>What was masked: the token, those that came along, and every text that holds one of them; null when that would be too much.</returns>
    private List<string>? Mask(JsonElement response, string token)
    {
        masker.Mask(new Secret(token));
        var fields = response.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.String).ToList();
        var companions = fields.Where(IsNamedAsToken).Select(field => field.Value.GetString()!).Where(text => text != token).Distinct(StringComparer.Ordinal).ToList();
        if (!MaskAll(companions))
        {
            return null;
        }

        var holders = fields.Select(field => field.Value.GetString()!).Where(text => text != token && masker.Hides(text)).Distinct(StringComparer.Ordinal).ToList();
        return MaskAll(holders) ? [token, .. companions, .. holders] : null;
    }

    private bool MaskAll(List<string> texts)
    {
        if (texts.Count > MostCompanions || texts.Sum(text => text.Length) > LongestToken)
        {
            return false;
        }

        texts.ForEach(text => masker.Mask(new Secret(text)));
        return true;
    }

    // refresh_token and id_token by the standards; others by their names, because vendors invent some.
    private static bool IsNamedAsToken(JsonProperty field) =>
        field.Name.EndsWith("token", StringComparison.OrdinalIgnoreCase) || field.Name.EndsWith("secret", StringComparison.OrdinalIgnoreCase);

    private static Lifetime? ReadLifetime(JsonElement expiresIn, AttemptInfo attempt)
    {
        double? seconds = expiresIn.ValueKind switch
        {
            JsonValueKind.Number when expiresIn.TryGetDouble(out var number) => number,
            JsonValueKind.String when double.TryParse(expiresIn.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        };

        // A hundred years: more is nonsense, and would not fit into a date.
        return seconds is > 0 and < 3.2e9
            ? new Lifetime(TimeSpan.FromSeconds(Math.Floor(seconds.Value)), attempt.StartedAt, attempt.StartedTimestamp)
            : null;
    }

    private static FailureException OtherType(string host, string type, List<string> tokens) => type.Equals("DPoP", StringComparison.OrdinalIgnoreCase)
        ? new(ExitCode.ServerFailed, "The token is bound to a key",
            $"{host} issued a token of the type DPoP (RFC 9449), which works only together with the private key it is bound to; the steps that follow could not use it.",
            "the client is registered for DPoP-bound tokens.",
            "register a client for this pipeline without that requirement; to bind tokens to a certificate instead, use mutual TLS.",
            "the-token-is-of-another-type")
        : new(ExitCode.ServerFailed, "The token is of another type",
            $"{host} issued a token of {Shown(type, tokens)} where Bearer was expected; what the steps that follow send would be refused.",
            "the address is not the token endpoint for API access, or the grant yields something else than an access token.",
            "check token-url, issuer and parameters against the server's documentation.",
            "the-token-is-of-another-type");

    // A type is a word (RFC 6749 §8.1). What is none, or a part of a token, is not shown.
    private static string Shown(string type, List<string> tokens) =>
        type.Length is > 0 and <= 20
        && type.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        && (type.Length < DerivedForms.ShortestMask || !tokens.Exists(token => token.Contains(type, StringComparison.OrdinalIgnoreCase)))
            ? $"the type '{type}'"
            : "another type";

    private static FailureException InvalidResponse(string host, string what) => new(ExitCode.ServerFailed, "The response is invalid",
        $"{host} responded with success, but {what}.",
        "the address is not a token endpoint, or a proxy or a sign-in page responded in its place.",
        "check region, token-url and issuer, and whether this runner must pass a proxy; the response is not shown, because it may hold a token.",
        "the-response-is-invalid");
}

/// <summary>A success answer of the token endpoint, read.</summary>
/// <param name="Token">The token.</param>
/// <param name="Attempts">Tries it took.</param>
internal sealed record TokenResponse(AccessToken Token, int Attempts)
{
    /// <summary>For the claims in it (OpenID Connect Core §2); null when there was none. Every other token that came along is masked and forgotten.</summary>
    public Secret? IdToken { get; init; }

    /// <summary>The scopes that the server granted, as it says them (RFC 6749 §3.3); null when it does not, which means those that were asked for.</summary>
    public string? Scope { get; init; }

    /// <summary>What the answer says of the API's address, as it stands there; null when it says nothing.</summary>
    public string? Api { get; init; }

    /// <summary>The server said how long the token lasts, but in a way that means nothing.</summary>
    public bool LifetimeNotUnderstood { get; init; }
}
