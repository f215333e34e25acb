namespace Ccaas.Action.SecretStores.AzureKeyVault;

/// <summary>A secret of an <see href="https://learn.microsoft.com/azure/key-vault/secrets/about-secrets">Azure Key Vault</see>.</summary>
internal sealed class KeyVaultKind : StoreKind
{
    public override string Scheme => "azure-keyvault";

    public override string Form => $"{Scheme}://VAULT/SECRET";

    public override StorePlan? Plan(StoreAddress address, ProcessEnvironment environment, CiIdTokenEndpoint? identity,
        InputProblems problems)
    {
        var vault = VaultAddress.Of(address.Place);
        if (vault is null)
        {
            problems.Add(Input.Cache, $"names no Key Vault; write {Form}, with the vault's name (3 to 24 letters, digits and single "
                + "hyphens, a letter first) or, in another cloud, its whole host, like contoso.vault.azure.cn.");
        }

        var isName = KeyVaultSecret.IsName(address.Name);
        if (!isName)
        {
            problems.Add(Input.Cache,
                $"names no secret of a Key Vault; write {Form}, with 1 to 127 letters, digits and hyphens for the secret.");
        }

        if (vault is null || !isName)
        {
            return null;
        }

        var secret = new KeyVaultSecret(vault, address.Name);
        return new KeyVaultPlan(secret, new EntraEnvironment(environment, secret).Credential(identity));
    }
}

internal sealed class KeyVaultPlan(KeyVaultSecret secret, EntraCredential credential) : StorePlan
{
    public override string Shown => secret.Shown;

    public override IReadOnlyList<Secret> Secrets => credential.Secrets;

    public override ISecretStore Open(StoreConnection connection) => new KeyVaultStore(secret, credential, connection);
}

/// <param name="Vault">The vault's address.</param>
/// <param name="Name">The secret's name.</param>
internal sealed record KeyVaultSecret(Uri Vault, string Name)
{
    // In every cloud; later versions change nothing for secrets.
    private const string ApiVersion = "7.4";

    private const int LongestName = 127;

    public KeyVaultCloud Cloud { get; } = KeyVaultCloud.Of(Vault);

    /// <summary>
    /// A GET returns the newest version, a PUT creates a new one:
    /// <see href="https://learn.microsoft.com/rest/api/keyvault/secrets/operation-groups">the REST API</see>.
    /// </summary>
    public Uri Address => new(Vault, $"secrets/{Name}?api-version={ApiVersion}");

    /// <summary>The vault's name, as Azure's tools want it; for a test double its host and port.</summary>
    public string VaultName => Vault.Scheme == Uri.UriSchemeHttp ? Vault.Authority : Vault.Host.Split('.')[0];

    /// <summary>See <see cref="StorePlan.Shown"/>.</summary>
    public string Shown => $"the secret {Name} of the Key Vault {VaultName}";

    public static bool IsName(string text) =>
        text.Length is > 0 and <= LongestName && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}

/// <summary>
/// One of Azure's clouds. Each has its own vaults and its own directory:
/// <see
/// href="https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#dns-suffixes-for-object-identifiers">DNS
/// suffixes</see>,
/// <see href="https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud">directories</see>.
/// </summary>
/// <param name="Suffix">Of the vaults' hosts.</param>
/// <param name="Authority">The address of the directory, which issues tokens.</param>
internal sealed record KeyVaultCloud(string Suffix, string Authority)
{
    public static KeyVaultCloud Public { get; } = new("vault.azure.net", "https://login.microsoftonline.com");

    private static IReadOnlyList<KeyVaultCloud> All { get; } =
    [
        Public,
        new("vault.azure.cn", "https://login.chinacloudapi.cn"),
        new("vault.usgovcloudapi.net", "https://login.microsoftonline.us"),
        new("vault.microsoftazure.de", "https://login.microsoftonline.de"),
    ];

    /// <summary>The resource (audience) of tokens for its vaults.</summary>
    public string Resource => $"https://{Suffix}";

    /// <summary>
    /// The cloud of a vault. A host outside of these clouds gets a token whose audience is that host's own suffix, so that no
    /// other host receives a token that opens vaults. A test double on loopback is a vault of the public cloud, and its own directory.
    /// </summary>
    public static KeyVaultCloud Of(Uri vault)
    {
        var suffix = vault.Host[(vault.Host.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return vault.Scheme == Uri.UriSchemeHttp
            ? Public with { Authority = vault.AbsoluteUri }
            : All.FirstOrDefault(cloud => cloud.Suffix == suffix) ?? new KeyVaultCloud(suffix, Public.Authority);
    }
}

/// <summary>
/// The address of a vault from what the input names:
/// <see href="https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#object-identifiers">object
/// identifiers</see>.
/// </summary>
internal static class VaultAddress
{
    /// <param name="place">A vault's name; the whole host of one in another cloud; or loopback with the port of a test double.</param>
    /// <returns>The address, with a slash at its end; null when it is none of these.</returns>
    public static Uri? Of(string place)
    {
        if (IsName(place))
        {
            return new Uri($"https://{place.ToLowerInvariant()}.{KeyVaultCloud.Public.Suffix}/");
        }

        return StoreKind.OnLoopback(place) ?? (place.Contains('.', StringComparison.Ordinal) ? Host($"https://{place}", place) : null);
    }

    private static bool IsName(string name) =>
        name.Length is >= 3 and <= 24
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
        && char.IsAsciiLetter(name[0])
        && name[^1] != '-'
        && !name.Contains("--", StringComparison.Ordinal);

    // The host alone: no path, query, user or port.
    private static Uri? Host(string address, string place) =>
        EndpointRule.Check(address, out var uri) is null
        && uri!.Authority.Equals(place, StringComparison.OrdinalIgnoreCase)
        && uri.IsDefaultPort ? uri : null;
}

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
