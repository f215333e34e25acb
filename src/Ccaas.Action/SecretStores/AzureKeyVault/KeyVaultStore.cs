namespace Ccaas.Action.SecretStores.AzureKeyVault;

/// <summary>
/// Reads and writes one secret: <see href="https://learn.microsoft.com/rest/api/keyvault/secrets/get-secret/get-secret">get</see>,
/// <see href="https://learn.microsoft.com/rest/api/keyvault/secrets/set-secret/set-secret">set</see>.
/// </summary>
internal sealed class KeyVaultStore(KeyVaultSecret secret, EntraCredential credential, StoreConnection connection) : ITokenStore
{
    /// <summary>Characters; the vault takes no secret that is longer.</summary>
    public const int LongestValue = 25 * 1024;

    private readonly KeyVaultRefusals _refusals = new(secret, connection.UntrustedText);
    private Secret? _token;

    public async Task<StoredText> ReadAsync(CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, secret.Address);
        var reply = await SendAsync(request, "Reading the store", cancellation);
        return reply switch
        {
            { IsSuccess: true } when JsonField.Text(reply.Body, "value") is { } value => new StoredText(value.Length > 0 ? value : null),
            { IsSuccess: true } => throw _refusals.InvalidResponse(reply),
            // Any other page that is not there is not the vault's answer.
            { Status: HttpStatusCode.NotFound, Error.Code: "SecretNotFound" } => new StoredText(null),
            _ => throw _refusals.ToRead(reply),
        };
    }

    public async Task WriteAsync(string text, DateTimeOffset expiresAt, CancellationToken cancellation)
    {
        if (text.Length > LongestValue)
        {
            throw _refusals.TooLong(text.Length);
        }

        using var request = new HttpRequestMessage(HttpMethod.Put, secret.Address) { Content = Body(text, expiresAt) };
        var reply = await SendAsync(request, "Writing to the store", cancellation);
        if (!reply.IsSuccess)
        {
            throw _refusals.ToWrite(reply);
        }
    }

    private async Task<HttpReply> SendAsync(HttpRequestMessage request, string purpose, CancellationToken cancellation)
    {
        _token ??= await credential.TokenAsync(connection, cancellation);
        request.Headers.Authorization = new AuthenticationHeaderValue(AccessToken.Type, _token.Reveal());
        return await connection.Http.SendAsync(request, new AttemptInfo(purpose) { MaxAttempts = StoreConnection.MaxAttempts }, cancellation);
    }

    private static ByteArrayContent Body(string text, DateTimeOffset expiresAt)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("value", text);
            // What is kept is a JWE, RFC 7515 §9.2.1.
            json.WriteString("contentType", "application/jose");
            json.WriteStartObject("attributes");
            // Only told, not enforced: the vault hands out an expired secret like any other.
            json.WriteNumber("exp", expiresAt.ToUnixTimeSeconds());
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return new ByteArrayContent(buffer.WrittenSpan.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    }
}
