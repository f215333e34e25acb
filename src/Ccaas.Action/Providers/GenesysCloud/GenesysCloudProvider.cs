using Ccaas.Action.Inputs;
using Ccaas.Action.Requests;

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
            // The vendor's own clients send id and secret as they are.
            Client = inputs.Client("Admin > Integrations > OAuth", ClientAuthenticationMethod.BasicRaw, ClientAuthenticationMethod.Basic),
            // No scope: with this grant, permissions come from the client's roles.
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
        if (inputs.Text(InputNames.Region) is not { } text)
        {
            return GenesysRegion.Default;
        }

        var region = GenesysRegion.Find(text);
        if (region is null)
        {
            inputs.Problems.Add(InputNames.Region,
                $"'{inputs.Shown(InputNames.Region)}' is no region of Genesys Cloud; give one of {string.Join(", ", GenesysRegion.All.Select(known => known.Name))}, or its domain alone (mypurecloud.ie, new1.pure.cloud). Any other host is what token-url and api-url are for.");
        }

        return region ?? GenesysRegion.Default;
    }

    private static void CheckOrganizationIds(InputReader inputs)
    {
        var wrong = inputs.List(InputNames.AllowedOrganizations).Count(id => !Guid.TryParse(id, out _));
        if (wrong > 0)
        {
            inputs.Problems.Add(InputNames.AllowedOrganizations,
                $"{wrong} of its entries cannot be an organisation id of Genesys Cloud, which looks like 12345678-90ab-cdef-1234-567890abcdef (Admin > Account Settings > Organization Settings, Advanced).");
        }
    }

    // GENESYSCLOUD_REGION: the Terraform provider accepts AWS names alone, the gc command-line tool a domain too.
    private static KeyValuePair<string, string?>[] ToolEnvironment(GenesysRegion region, Uri api) =>
    [
        new("GENESYSCLOUD_ACCESS_TOKEN", null),
        new("GENESYSCLOUD_REGION", region.Name),
        new("GENESYSCLOUD_API_REGION", api.GetLeftPart(UriPartial.Path).TrimEnd('/')),
    ];
}
