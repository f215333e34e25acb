namespace Ccaas.Action.OAuth;

/// <summary>What a provider makes of the inputs: endpoints, client, grant, and how to read the responses. Data only.</summary>
internal sealed record TokenPlan
{
    /// <summary>The provider's name as an input value, such as <c>genesys-cloud</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's name for people, such as <c>Genesys Cloud</c>.</summary>
    public required string ProviderTitle { get; init; }

    /// <summary>Empty where the provider has none, or where only a response says it.</summary>
    public string Region { get; init; } = "";

    /// <summary>The customer's name or id at the vendor, where an input gives it.</summary>
    public string Account { get; init; } = "";

    /// <summary>The provider's flow, as an input value; null where it has only one.</summary>
    public string? Flow { get; init; }

    public required AuthorizationServer Server { get; init; }

    /// <summary>The client; null where the grant itself authenticates.</summary>
    public required OAuthClient? Client { get; init; }

    /// <summary>The fields of the token request, without client authentication.</summary>
    public required TokenGrant Grant { get; init; }

    public ApiAddress Api { get; init; } = new();

    /// <summary>How to find the organization of a token; null when the provider has no way.</summary>
    public OrganizationProbe? Organization { get; init; }

    /// <summary>
    /// Path below the API's base address; a DELETE with a token revokes that token. Null: RFC 7009 at the server's revocation
    /// endpoint, if it has one.
    /// </summary>
    public string? RevocationPath { get; init; }

    /// <summary>The revocation endpoint takes the token without client authentication, so no secret is sent.</summary>
    public bool RevokesWithoutClient { get; init; }

    /// <summary>The environment variables that the vendor's own tools read; a null value means the token.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> ToolEnvironment { get; init; } = [];

    /// <summary>Known errors of the token endpoint; the first match counts, then the general rules of OAuth.</summary>
    public IReadOnlyList<KnownError> TokenErrors { get; init; } = [];

    /// <summary>The same for the vendor's API.</summary>
    public IReadOnlyList<KnownError> ApiErrors { get; init; } = [];

    /// <summary>The response header with the id that the vendor's support needs; null when there is none.</summary>
    public string? CorrelationHeader { get; init; }

    /// <summary>The vendor generates the secrets at random; false: a person may have chosen them.</summary>
    public bool HasGeneratedSecrets { get; init; }

    /// <summary>Every secret of this plan, in a fixed order.</summary>
    public IEnumerable<Secret> Secrets =>
        new[] { Client?.Secret, Client?.Key?.Pem }.Concat(Grant.Fields.Select(entry => entry.Secret)).OfType<Secret>();

    /// <summary>What a token is for, whoever the client is. Requests that differ in one of these need different tokens.</summary>
    public IEnumerable<Trait> Target =>
    [
        new("provider", "provider", Provider), new("account", "account", Account), new("requested_region", "region", Region),
        new("token_endpoint", "token endpoint", Server.TokenEndpoint?.AbsoluteUri ?? ""), new("issuer", "issuer", Server.Issuer ?? ""),
        new("requested_api_url", "API address", Api.Base?.AbsoluteUri ?? ""),
        new("requested_scope", "scope", Field("scope")), new("audience", "audience", Field("audience")),
            new("resource", "resource", Field("resource")),
    ];

    /// <summary>Whether one of the secrets is strong enough for the key that all of them make.</summary>
    public bool HasStrongSecret => Client?.Key is not null
        || (HasGeneratedSecrets ? Secrets.Any(KeyStrength.IsLongEnough) : Client?.Secret is { } secret && KeyStrength.IsEnough(secret));

    /// <summary><see cref="Target"/>, the client and the grant; without secrets.</summary>
    public IEnumerable<string> Identity =>
    [
        .. Target.Select(trait => $"{trait.Claim}={trait.Text}"), Flow ?? "", Client?.Id ?? "", Client?.Authentication.ToString() ?? "",
            Client?.Key?.Id ?? "", Client?.Key?.Audience ?? "",
        .. Grant.Fields.Select(Identify),
    ];

    private string Field(string name) => string.Join(' ', Grant.Fields.Where(entry => entry.Name == name).Select(entry => entry.Text));

    private static string Identify(GrantField entry) => $"{entry.Name}={entry.Text}";
}

/// <summary>The endpoints of the authorization server. A null is looked up in the issuer's metadata when it is needed.</summary>
internal sealed record AuthorizationServer
{
    /// <summary>RFC 6749 §3.2.</summary>
    public Uri? TokenEndpoint { get; init; }

    /// <summary>RFC 7009 §2.</summary>
    public Uri? RevocationEndpoint { get; init; }

    /// <summary>The issuer exactly as given, because the metadata must have the same text (RFC 8414 §3.3); null: no metadata.</summary>
    public string? Issuer { get; init; }

    /// <summary>The issuer as an address without a trailing slash.</summary>
    public Uri? IssuerAddress => Issuer is null ? null : new Uri(Issuer.TrimEnd('/'));
}

/// <summary>The API's base address, or how to find it after the token request. The first known one counts.</summary>
internal sealed record ApiAddress
{
    /// <summary>Known before any request.</summary>
    public Uri? Base { get; init; }

    /// <summary>The field of the token response that contains it.</summary>
    public string? ResponseField { get; init; }

    /// <summary>A document of the vendor that contains it for the tenant of the id token.</summary>
    public TenantDocument? Tenant { get; init; }

    /// <summary>Used when the response has no such field.</summary>
    public Uri? Fallback { get; init; }
}

/// <param name="Address">A GET with the tenant in the query; no token is sent.</param>
/// <param name="Claim">The claim of the id token with the tenant, and the name of the query parameter.</param>
/// <param name="ApiField">The document's field with the API's base address.</param>
/// <param name="RegionField">The document's field with the region.</param>
internal sealed record TenantDocument(Uri Address, string Claim, string ApiField, string RegionField);

/// <summary>A request with the token whose response contains the organization.</summary>
internal sealed record OrganizationProbe
{
    /// <summary>A GET with the token as Bearer; null: <see cref="Path"/> below the API's base address.</summary>
    public Uri? Address { get; init; }

    public string Path { get; init; } = "";

    /// <summary>The JSON field with the organization's id; null: the id is in the id token.</summary>
    public string? IdField { get; init; }

    /// <summary>The claim of the id token with the id; null: the response contains it.</summary>
    public string? IdClaim { get; init; }

    /// <summary>The JSON field with its name; null where the response has none.</summary>
    public string? NameField { get; init; }
}

/// <summary>A property that distinguishes tokens. It is authenticated with the token wherever that is stored.</summary>
/// <param name="Claim">Its claim in the sealed token.</param>
/// <param name="Shown">Its name in messages, after "another".</param>
/// <param name="Text">Empty: there is none.</param>
internal sealed record Trait(string Claim, string Shown, string Text);
