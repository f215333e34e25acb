namespace Ccaas.Action.Providers.GenesysCloud;

/// <summary>
/// Genesys Cloud: OAuth 2.0 client credentials (RFC 6749 §4.4) at the region's login host.
/// Source: https://developer.genesys.cloud/authorization/platform-auth/use-client-credentials
/// </summary>
internal sealed class GenesysCloudProvider : Provider
{
    public override string Name => "genesys-cloud";

    public override string Title => "Genesys Cloud";

    public override TokenPlan Plan(InputReader inputs)
    {
        var region = Region(inputs);
        var api = inputs.Api() ?? region.Api;
        CheckOrganizationIds(inputs);
        return new TokenPlan
        {
            Provider = Name,
            ProviderTitle = Title,
            Region = region.Name,
            Server = inputs.Server(region.TokenEndpoint),
            // The vendor's own clients send id and secret unencoded.
            Client = inputs.Client("Admin > Integrations > OAuth", ClientAuthenticationMethod.BasicRaw, ClientAuthenticationMethod.Basic),
            // No scope: with this grant, the client's roles decide the permissions.
            HasGeneratedSecrets = true,
            Grant = TokenGrant.ClientCredentials,
            Api = new ApiAddress { Base = api },
            Organization = new OrganizationProbe { Path = "api/v2/organizations/me", IdField = "id", NameField = "name" },
            RevocationPath = "api/v2/tokens/me",
            ToolEnvironment = ToolEnvironment(region, api),
            TokenErrors = GenesysErrors.AtLogin(region),
            ApiErrors = GenesysErrors.AtApi,
            CorrelationHeader = "ININ-Correlation-Id",
        };
    }

    private static GenesysRegion Region(InputReader inputs)
    {
        if (inputs.Text(Input.Region) is not { } text)
        {
            return GenesysRegion.Default;
        }

        var region = GenesysRegion.Find(text);
        if (region is null)
        {
            inputs.Problems.Add(Input.Region,
                $"'{inputs.Shown(Input.Region)}' is no region of Genesys Cloud; give one of "
                    + $"{string.Join(", ", GenesysRegion.All.Select(known => known.Name))}, or its domain alone (mypurecloud.ie, "
                    + "new1.pure.cloud). Any other host is what token-url and api-url are for.");
        }

        return region ?? GenesysRegion.Default;
    }

    private static void CheckOrganizationIds(InputReader inputs)
    {
        var wrong = inputs.List(Input.AllowedOrganizations).Count(id => !Guid.TryParse(id, out _));
        if (wrong > 0)
        {
            inputs.Problems.Add(Input.AllowedOrganizations,
                $"{wrong} of its entries cannot be an organization id of Genesys Cloud, which looks like "
                    + "12345678-90ab-cdef-1234-567890abcdef (Admin > Account Settings > Organization Settings, Advanced).");
        }
    }

    // GENESYSCLOUD_REGION: the Terraform provider accepts only AWS names, the gc command-line tool also a domain.
    private static KeyValuePair<string, string?>[] ToolEnvironment(GenesysRegion region, Uri api) =>
    [
        new("GENESYSCLOUD_ACCESS_TOKEN", null),
        new("GENESYSCLOUD_REGION", region.Name),
        new("GENESYSCLOUD_API_REGION", api.GetLeftPart(UriPartial.Path).TrimEnd('/')),
    ];
}

/// <summary>
/// Known errors of Genesys Cloud. The login host has OAuth's format (<c>error</c>, <c>error_description</c>), the API host its own
/// (<c>code</c>, <c>message</c>): https://developer.genesys.cloud/platform/api/response-codes
/// </summary>
internal static class GenesysErrors
{
    private static KnownError RateLimited { get; } = new(ExitCode.RateLimited, "Genesys Cloud limits the rate",
        "too many jobs send requests at the same time: a token's client may send 300 requests a minute, and the login host limits token "
            + "requests.",
        "let fewer jobs run at once, or obtain the token once and share it; a longer timeout helps when the limit is short.",
        "rate-limited");

    public static IReadOnlyList<KnownError> AtLogin(GenesysRegion region) =>
    [
        // The login host reports its rate limit with status 400, which is not retried otherwise.
        RateLimited with { Status = 400, Code = "invalid_request", DescriptionStart = "rate limit exceeded" },

        new(ExitCode.CredentialsRefused, "Genesys Cloud refused the client",
            $"the organization lives in another region than {region.Name} ({region.Domain}), which is the commonest cause; or the client "
                + "id or secret is wrong, or the OAuth client was deleted or made inactive.",
            $"compare the region with the address that people log in at (here it would be https://apps.{region.Domain}); then, in Admin "
                + "> Integrations > OAuth, check that the client exists, is active and has the grant type Client Credentials, and store "
                + "its id and secret again.",
            "the-client-was-refused")
        { Code = "invalid_client" },

        new(ExitCode.NotPermitted, "The OAuth client may not use client credentials",
            "the OAuth client was made for another grant type.",
            "in Admin > Integrations > OAuth, make a client with the grant type Client Credentials and give it roles.",
            "the-grant-type-is-not-allowed")
        { Code = "unauthorized_client" },

        RateLimited with { Status = 429 },
    ];

    public static IReadOnlyList<KnownError> AtApi { get; } =
    [
        new(ExitCode.NotPermitted, "Genesys Cloud does not accept this address",
            "the organization allows API calls from listed IP addresses only, and this runner's is not among them.",
            "add the runner's outgoing address to the organization's allowed IP ranges, or use a self-hosted runner with an address that "
                + "is.",
            "the-runners-address-is-not-allowed")
        { Code = "ip.not.authorized" },

        new(ExitCode.CredentialsRefused, "Genesys Cloud did not accept the token",
            "api-url or region belongs to another region than the one that issued the token.",
            "leave api-url and token-url out and give the region alone; or make both point to the same region.",
            "the-token-was-not-accepted")
        { Status = 401 },

        new(ExitCode.NotPermitted, "Genesys Cloud refused permission",
            "the OAuth client has no role that permits this, or a role was added in the last minutes and is not in force yet.",
            "in Admin > Integrations > OAuth, open the client's Roles tab and add a role (with the division it applies to); a change "
                + "takes up to five minutes.",
            "permission-was-refused")
        { Status = 403 },

        RateLimited with { Status = 429 },
    ];
}
