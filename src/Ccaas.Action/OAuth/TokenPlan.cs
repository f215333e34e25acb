namespace Ccaas.Action.OAuth;

/// <summary>A provider's answer to the inputs: whom to ask, with what, and how to read what comes back. Data only.</summary>
internal sealed record TokenPlan
{
    /// <summary>The provider's name as an input value, such as <c>genesys-cloud</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's name for people, such as <c>Genesys Cloud</c>.</summary>
    public required string ProviderTitle { get; init; }

    /// <summary>Empty where the provider has none, and where only an answer tells it.</summary>
    public string Region { get; init; } = "";

    /// <summary>The vendor's name or id of the customer, where an input gives it.</summary>
    public string Account { get; init; } = "";

    /// <summary>Which of the provider's ways was chosen, as an input value; null where it has one alone.</summary>
    public string? Flow { get; init; }

    public required AuthorizationServer Server { get; init; }

    /// <summary>Who asks; null where the grant itself is all the proof there is.</summary>
    public required OAuthClient? Client { get; init; }

    /// <summary>What goes to the token endpoint besides the client's proof.</summary>
    public required TokenGrant Grant { get; init; }

    public ApiAddress Api { get; init; } = new();

    /// <summary>How to ask which organization the token belongs to; null when this provider cannot tell.</summary>
    public OrganizationProbe? Organization { get; init; }

    /// <summary>
    /// Path below the API's base address that revokes the token it is called with by DELETE; null: RFC 7009 at the server's
    /// revocation endpoint, if it has one.
    /// </summary>
    public string? RevocationPath { get; init; }

    /// <summary>The revocation endpoint wants the token alone; who sends it proves nothing, and shows no secret.</summary>
    public bool RevokesWithoutClient { get; init; }

    /// <summary>What the vendor's own tools read from the environment; a null value stands for the token.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> ToolEnvironment { get; init; } = [];

    /// <summary>What the token endpoint's errors mean, the first match first; the general rules of OAuth come after them.</summary>
    public IReadOnlyList<KnownError> TokenErrors { get; init; } = [];

    /// <summary>The same for the vendor's API.</summary>
    public IReadOnlyList<KnownError> ApiErrors { get; init; } = [];

    /// <summary>The response header that the vendor's support asks for; null when there is none.</summary>
    public string? CorrelationHeader { get; init; }

    /// <summary>The vendor makes the secrets up, at random; where not, a person may have.</summary>
    public bool HasGeneratedSecrets { get; init; }

    /// <summary>Every secret that proves something in this plan, in a fixed order.</summary>
    public IEnumerable<Secret> Secrets =>
        new[] { Client?.Secret, Client?.Key?.Pem }.Concat(Grant.Fields.Select(entry => entry.Secret)).OfType<Secret>();

    /// <summary>What a token is for, whoever asks: two requests that differ in any of these do not want the same token.</summary>
    public IEnumerable<Trait> Target =>
    [
        new("provider", "provider", Provider), new("account", "account", Account), new("requested_region", "region", Region),
        new("token_endpoint", "token endpoint", Server.TokenEndpoint?.AbsoluteUri ?? ""), new("issuer", "issuer", Server.Issuer ?? ""),
        new("requested_api_url", "API address", Api.Base?.AbsoluteUri ?? ""),
        new("requested_scope", "scope", Field("scope")), new("audience", "audience", Field("audience")), new("resource", "resource", Field("resource")),
    ];

    /// <summary>Whether one of the secrets is too strong to be guessed by somebody who has a text that was sealed with all of them.</summary>
    public bool HasStrongSecret => Client?.Key is not null
        || (HasGeneratedSecrets ? Secrets.Any(KeyStrength.IsLongEnough) : Client?.Secret is { } secret && KeyStrength.IsEnough(secret));

    /// <summary>The same, and who asks in which way; no secrets.</summary>
    public IEnumerable<string> Identity =>
    [
        .. Target.Select(trait => $"{trait.Claim}={trait.Text}"), Flow ?? "", Client?.Id ?? "", Client?.Authentication.ToString() ?? "", Client?.Key?.Id ?? "", Client?.Key?.Audience ?? "",
        .. Grant.Fields.Select(Identify),
    ];

    private string Field(string name) => string.Join(' ', Grant.Fields.Where(entry => entry.Name == name).Select(entry => entry.Text));

    private static string Identify(GrantField entry) => $"{entry.Name}={entry.Text}";
}

/// <summary>Where tokens are issued and revoked. What is null is looked up in the issuer's metadata, when it is needed.</summary>
internal sealed record AuthorizationServer
{
    /// <summary>RFC 6749 §3.2.</summary>
    public Uri? TokenEndpoint { get; init; }

    /// <summary>RFC 7009 §2.</summary>
    public Uri? RevocationEndpoint { get; init; }

    /// <summary>The issuer's identifier as it was given, because the metadata must repeat it to the letter (RFC 8414 §3.3); null: no metadata.</summary>
    public string? Issuer { get; init; }

    /// <summary>The same as an address without a slash at its end, for paths to be appended to.</summary>
    public Uri? IssuerAddress => Issuer is null ? null : new Uri(Issuer.TrimEnd('/'));
}

/// <summary>Where the vendor's API is, or how that is found out once there is a token: the first that is known.</summary>
internal sealed record ApiAddress
{
    /// <summary>Known before anything is asked.</summary>
    public Uri? Base { get; init; }

    /// <summary>The field of the token response that holds it.</summary>
    public string? ResponseField { get; init; }

    /// <summary>A document of the vendor's that tells it for the tenant of the id token.</summary>
    public TenantDocument? Tenant { get; init; }

    /// <summary>What holds when the answer has no such field.</summary>
    public Uri? Fallback { get; init; }
}

/// <param name="Address">Answers a GET that has the tenant in its query; no token is sent.</param>
/// <param name="Claim">The claim of the id token that names the tenant, which is also the query's name for it.</param>
/// <param name="ApiField">The field of the document that holds the API's base address.</param>
/// <param name="RegionField">The field that holds the region.</param>
internal sealed record TenantDocument(Uri Address, string Claim, string ApiField, string RegionField);

/// <summary>A question that only the holder of the token gets an answer to, and where in the answer the organization stands.</summary>
internal sealed record OrganizationProbe
{
    /// <summary>Answers a GET with the token as Bearer; null: <see cref="Path"/> below the API's base address.</summary>
    public Uri? Address { get; init; }

    public string Path { get; init; } = "";

    /// <summary>The JSON field that holds the organization's id; null: it stands in the id token.</summary>
    public string? IdField { get; init; }

    /// <summary>The claim of the id token that holds the id, where the answer does not.</summary>
    public string? IdClaim { get; init; }

    /// <summary>The JSON field that holds its name; null where the answer has none.</summary>
    public string? NameField { get; init; }
}

/// <summary>One thing that tells one token from another, and is authenticated with it wherever it is kept.</summary>
/// <param name="Claim">Its name there.</param>
/// <param name="Shown">Its name for people, to follow "another".</param>
/// <param name="Text">Empty: there is none.</param>
internal sealed record Trait(string Claim, string Shown, string Text);
