namespace Ccaas.Action.OAuth;

/// <summary>
/// Reads a success response, or explains what is wrong without quoting it, because an invalid response may still contain a token.
/// All tokens in it are masked before it is interpreted.
/// </summary>
internal sealed class TokenResponseReader(Masker masker, UntrustedText untrustedText)
{
    /// <summary>An environment variable of a Linux process has at most 128 KiB; a larger token would break every later step.</summary>
    public const int LongestToken = 65536;

    /// <summary>
    /// A refresh token, an id token, and tokens that vendors invent. Each is masked in more than twenty forms, so their number is
    /// limited.
    /// </summary>
    private const int MaxOtherTokens = 16;

    /// <summary>Bearer of RFC 6750, and the name that a common gateway uses for it (Apigee, for example at 8x8).</summary>
    private static readonly string[] BearerTypes = [AccessToken.Type, "BearerToken"];

    /// <param name="reply">The response.</param>
    /// <param name="host">The server.</param>
    /// <param name="apiField">The field with the API's address; null: there is none.</param>
    public TokenResponse Read(HttpReply reply, string host, string? apiField)
    {
        using var response = Parse(reply.Body);
        if (response is null)
        {
            throw InvalidResponse(host, $"its body ({untrustedText.Clean(reply.ContentType ?? "no content type", 60)}, "
                + $"{reply.Body.Length} bytes) is not the JSON of a token response");
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

    /// <summary>
    /// Masks the tokens in an error response, which may repeat them in its text. If that is not possible, the text is not shown.
    /// </summary>
    public HttpReply Masked(HttpReply refusal)
    {
        using var response = Parse(refusal.Body);
        return response is not null
            && MaskAll([.. response.RootElement.EnumerateObject().Where(IsNamedAsToken).Select(field => field.Value.ToString())
            .Distinct(StringComparer.Ordinal)])
            ? refusal
            : refusal with { Error = VendorError.None };
    }

    /// <summary>A success body of RFC 6749 §5.1: an object with valid texts only, in which the token and its type are texts.</summary>
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
            // Unpaired surrogates and invalid UTF-8 are found when the text is read.
        }

        document?.Dispose();
        return null;
    }

    // The name is read, too: an invalid one would throw later, where it is not expected.
    private static bool IsWhole(JsonProperty field) => field.Name is var name && field.Value.ValueKind switch
    {
        JsonValueKind.String => field.Value.GetString() is not null,
        JsonValueKind.Null => true,
        _ => name is not ("access_token" or "token_type"),
    };

    /// <returns>The masked texts: the token, other tokens, and every text that contains one of them; null when there are too
    /// many.</returns>
    private List<string>? Mask(JsonElement response, string token)
    {
        masker.Mask(new Secret(token));
        var fields = response.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.String).ToList();
        var otherTokens = fields.Where(IsNamedAsToken).Select(field => field.Value.GetString()!).Where(text => text != token)
            .Distinct(StringComparer.Ordinal).ToList();
        if (!MaskAll(otherTokens))
        {
            return null;
        }

        var containing = fields.Select(field => field.Value.GetString()!).Where(text => text != token && masker.Hides(text))
            .Distinct(StringComparer.Ordinal).ToList();
        return MaskAll(containing) ? [token, .. otherTokens, .. containing] : null;
    }

    private bool MaskAll(List<string> texts)
    {
        if (texts.Count > MaxOtherTokens || texts.Sum(text => text.Length) > LongestToken)
        {
            return false;
        }

        texts.ForEach(text => masker.Mask(new Secret(text)));
        return true;
    }

    // refresh_token and id_token of the standards, and fields that vendors invent, by the end of their names.
    private static bool IsNamedAsToken(JsonProperty field) =>
        field.Name.EndsWith("token", StringComparison.OrdinalIgnoreCase)
            || field.Name.EndsWith("secret", StringComparison.OrdinalIgnoreCase);

    private static Lifetime? ReadLifetime(JsonElement expiresIn, AttemptInfo attempt)
    {
        double? seconds = expiresIn.ValueKind switch
        {
            JsonValueKind.Number when expiresIn.TryGetDouble(out var number) => number,
            JsonValueKind.String when double.TryParse(expiresIn.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture,
                out var number) => number,
            _ => null,
        };

        // A hundred years at most: more is an invalid value, and would not fit into a date.
        return seconds is > 0 and < 3.2e9
            ? new Lifetime(TimeSpan.FromSeconds(Math.Floor(seconds.Value)), attempt.StartedAt, attempt.StartedTimestamp)
            : null;
    }

    private static FailureException OtherType(string host, string type, List<string> tokens) =>
        type.Equals("DPoP", StringComparison.OrdinalIgnoreCase)
        ? new(ExitCode.ServerFailed, "The token is bound to a key",
            $"{host} issued a token of the type DPoP (RFC 9449), which works only together with the private key it is bound to; the "
                + "steps that follow could not use it.",
            "the client is registered for DPoP-bound tokens.",
            "register a client for this pipeline without that requirement; to bind tokens to a certificate instead, use mutual TLS.",
            "the-token-is-of-another-type")
        : new(ExitCode.ServerFailed, "The token is of another type",
            $"{host} issued a token of {Shown(type, tokens)} where Bearer was expected; what the steps that follow send would be refused.",
            "the address is not the token endpoint for API access, or the grant yields something else than an access token.",
            "check token-url, issuer and parameters against the server's documentation.",
            "the-token-is-of-another-type");

    // A type is a word (RFC 6749 §8.1). Anything else, or a part of a token, is not shown.
    private static string Shown(string type, List<string> tokens) =>
        type.Length is > 0 and <= 20
        && type.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        && (type.Length < DerivedForms.ShortestMask || !tokens.Exists(token => token.Contains(type, StringComparison.OrdinalIgnoreCase)))
            ? $"the type '{type}'"
            : "another type";

    private static FailureException InvalidResponse(string host, string what) => new(ExitCode.ServerFailed, "The response is invalid",
        $"{host} responded with success, but {what}.",
        "the address is not a token endpoint, or a proxy or a sign-in page responded in its place.",
        "check region, token-url and issuer, and whether this runner must pass a proxy; the response is not shown, because it may hold a "
            + "token.",
        "the-response-is-invalid");
}

/// <summary>A success response of the token endpoint.</summary>
/// <param name="Token">The token.</param>
/// <param name="Attempts">The number of attempts.</param>
internal sealed record TokenResponse(AccessToken Token, int Attempts)
{
    /// <summary>
    /// For its claims (OpenID Connect Core §2); null when there was none. All other tokens of the response are only masked.
    /// </summary>
    public Secret? IdToken { get; init; }

    /// <summary>The granted scopes (RFC 6749 §3.3); null when the response has none, which means the requested ones.</summary>
    public string? Scope { get; init; }

    /// <summary>The API's address in the response, unchecked; null when there is none.</summary>
    public string? Api { get; init; }

    /// <summary>The response has an expires_in, but it is not a valid number.</summary>
    public bool LifetimeNotUnderstood { get; init; }
}
