using Ccaas.Action.Inputs;
using Ccaas.Action.Requests;

namespace Ccaas.Action.Providers.NiceCxone;

/// <summary>
/// The client-credentials grant at the addresses of a tutorial in circulation. NICE does not document them, so this is used
/// only when it is asked for by name; a tenant that has it can be reached, with token-url and api-url where they differ.
/// </summary>
internal static class ClientCredentialsFlow
{
    public const string Name = "client-credentials";

    private static readonly string[] Regions = ["us-east-1", "us-west-1", "eu-west-1", "ap-southeast-1"];

    public static TokenPlan Plan(NiceCxoneProvider provider, InputReader inputs)
    {
        var region = inputs.Text(InputNames.Region) is null ? Regions[0] : inputs.Choice(InputNames.Region, [.. Regions.Select(name => (name, name))]);
        var platform = new Uri($"https://{region}.platform.nicecxone.com");
        return new TokenPlan
        {
            Provider = provider.Name,
            ProviderTitle = provider.Title,
            Flow = Name,
            Region = region,
            Server = inputs.Server(new Uri(platform, "oauth2/token")),
            Client = inputs.Client("the OAuth client with the grant type Client Credentials", CxoneAddresses.ClientAuthentication),
            HasGeneratedSecrets = true,
            Grant = TokenGrant.ClientCredentials.With(GrantField.Optional("scope", inputs.Text(InputNames.Scope))),
            Api = new ApiAddress { Base = inputs.Api() ?? platform },
            Organization = new OrganizationProbe { Path = "api/v2/account", IdField = "id", NameField = "name" },
            TokenErrors = CxoneErrors.AtPlatform(region),
            ApiErrors = CxoneErrors.AtPlatformApi,
        };
    }
}
