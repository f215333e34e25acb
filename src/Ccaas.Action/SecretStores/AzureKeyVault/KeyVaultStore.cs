namespace Ccaas.Action.SecretStores.AzureKeyVault;

/// <summary>
/// Reads and writes one secret: <see href="https://learn.microsoft.com/rest/api/keyvault/secrets/get-secret/get-secret">get</see>,
/// <see href="https://learn.microsoft.com/rest/api/keyvault/secrets/set-secret/set-secret">set</see>.
/// </summary>
internal sealed class KeyVaultStore(KeyVaultSecret secret, EntraCredential credential, StoreConnection connection) : ISecretStore
{
    /// <summary>Characters; the vault's limit.</summary>
    public const int LongestValue = 25 * 1024;

    private readonly KeyVaultErrors _errors = new(secret, connection.UntrustedText);
    private Secret? _token;

    public async Task<string?> ReadAsync(CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, secret.Address);
        var response = await SendAsync(request, "Reading the store", cancellation);
        return response switch
        {
            { IsSuccess: true } when JsonField.Text(response.Body, "value") is { } value => value.Length > 0 ? value : null,
            { IsSuccess: true } => throw _errors.InvalidResponse(response),
            // Any other 404 is not the vault's.
            { Status: HttpStatusCode.NotFound, Error.Code: "SecretNotFound" } => null,
            _ => throw _errors.ToRead(response),
        };
    }

    public async Task WriteAsync(string text, DateTimeOffset expiresAt, CancellationToken cancellation)
    {
        if (text.Length > LongestValue)
        {
            throw _errors.TooLong(text.Length);
        }

        using var request = new HttpRequestMessage(HttpMethod.Put, secret.Address) { Content = Body(text, expiresAt) };
        var response = await SendAsync(request, "Writing to the store", cancellation);
        if (!response.IsSuccess)
        {
            throw _errors.ToWrite(response);
        }
    }

    private async Task<HttpReply> SendAsync(HttpRequestMessage request, string purpose, CancellationToken cancellation)
    {
        _token ??= await credential.TokenAsync(connection, cancellation);
        request.Headers.Authorization = new AuthenticationHeaderValue(AccessToken.Type, _token.Reveal());
        return await connection.SendAsync(request, purpose, cancellation);
    }

    private static ByteArrayContent Body(string text, DateTimeOffset expiresAt)
    {
        var json = new JsonText()
            .Add("value", text)
            // RFC 7515 §9.2.1; the text is a JWE.
            .Add("contentType", "application/jose")
            // For people: the vault returns an expired secret as well.
            .Add("attributes", new JsonText().Add("exp", expiresAt.ToUnixTimeSeconds()));
        return new ByteArrayContent(json.ToBytes()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    }
}
