namespace Ccaas.Action.OAuth;

/// <summary>The token request: a POST to the token endpoint, RFC 6749 §3.2.</summary>
internal sealed class TokenEndpoint(HttpExchange http, TokenResponseReader reader, ResponseErrors errors, Masker masker,
    TimeProvider time)
{
    /// <exception cref="OperationCanceledException">The job was canceled.</exception>
    public async Task<TokenResponse> RequestAsync(TokenPlan plan, Uri address, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        var report = new AttemptInfo("Token request")
        {
            KnownErrors = plan.TokenErrors,
            LostResponseNote = "the response was lost, and with it perhaps a token, which revoke cannot end",
            Prepare = each =>
                each.Content = RequestBody.Of(plan.Grant, ClientAuthentication.Apply(plan.Client, each, address, masker, time.GetUtcNow())),
        };
        var reply = await http.SendAsync(request, report, cancellation);
        return reply.IsSuccess
            ? reader.Read(reply, PlainText.Host(address), plan.Api.ResponseField)
            : throw errors.Explain(reader.Masked(reply), address, "the request for a token");
    }
}

/// <summary>The body of a token request without client authentication.</summary>
/// <param name="Fields">In the order in which they are sent.</param>
internal sealed record TokenGrant(IReadOnlyList<GrantField> Fields)
{
    /// <summary>Sent as one JSON object in place of a form.</summary>
    public bool IsJson { get; init; }

    /// <summary>RFC 6749 §4.4, without other fields.</summary>
    public static TokenGrant ClientCredentials { get; } = new([GrantField.Of("grant_type", "client_credentials")]);

    /// <summary>The same grant with more fields; null fields are omitted.</summary>
    public TokenGrant With(params IEnumerable<GrantField?> more) => this with { Fields = [.. Fields, .. more.OfType<GrantField>()] };
}

/// <summary>One field of the body: a text, or a secret.</summary>
internal sealed record GrantField
{
    public required string Name { get; init; }

    public string? Text { get; init; }

    public Secret? Secret { get; init; }

    public static GrantField Of(string name, string text) => new() { Name = name, Text = text };

    public static GrantField Of(string name, Secret secret) => new() { Name = name, Secret = secret };

    /// <returns>Null without a text.</returns>
    public static GrantField? Optional(string name, string? text) => text is null ? null : Of(name, text);
}

/// <summary>Writes a grant's fields as the body of a request.</summary>
internal static class RequestBody
{
    /// <param name="grant">The fields.</param>
    /// <param name="clientFields">The fields of client authentication.</param>
    public static HttpContent Of(TokenGrant grant, IEnumerable<KeyValuePair<string, string>> clientFields)
    {
        var fields = grant.Fields.Select(field => KeyValuePair.Create(field.Name, field.Secret?.Reveal() ?? field.Text ?? ""))
            .Concat(clientFields);
        return grant.IsJson ? Json(fields) : new FormUrlEncodedContent(fields);
    }

    private static ByteArrayContent Json(IEnumerable<KeyValuePair<string, string>> fields)
    {
        var json = fields.Aggregate(new JsonText(), (json, field) => json.Add(field.Key, field.Value));
        return new ByteArrayContent(json.ToBytes()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    }
}
