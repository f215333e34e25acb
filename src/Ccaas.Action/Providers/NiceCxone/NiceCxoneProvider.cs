namespace Ccaas.Action.Providers.NiceCxone;

/// <summary>NICE CXone. It has three ways to a token, and says by <c>flow</c>, or by which credentials are given, which is meant.</summary>
internal sealed class NiceCxoneProvider : Provider
{
    private static readonly (string Word, Func<NiceCxoneProvider, InputReader, TokenPlan> Plan)[] Flows =
    [
        (PasswordFlow.Name, PasswordFlow.Plan),
        (AccessKeyFlow.Name, AccessKeyFlow.Plan),
        (ClientCredentialsFlow.Name, ClientCredentialsFlow.Plan),
    ];

    public override string Name => "nice-cxone";

    public override string Title => "NICE CXone";

    public override TokenPlan Plan(InputReader inputs)
    {
        var inferred = InferredFromCredentials(inputs);
        if (inputs.Text(Input.Flow) is null)
        {
            if (inferred is null)
            {
                inputs.Problems.Add(Input.Flow,
                    $"cannot be inferred from a client alone; give access-key-id and access-key-secret too (the flow "
                        + $"{PasswordFlow.Name}), or set it to {ClientCredentialsFlow.Name}, whose address NICE does not document.");
            }

            return (inferred ?? ClientCredentialsFlow.Plan)(this, inputs);
        }

        var asked = inputs.Choice(Input.Flow, Flows);
        return (inputs.Problems.Has(Input.Flow) ? inferred ?? ClientCredentialsFlow.Plan : asked)(this, inputs);
    }

    /// <returns>Null for a client alone: its flow is one that NICE does not document, and so is never assumed.</returns>
    private static Func<NiceCxoneProvider, InputReader, TokenPlan>? InferredFromCredentials(InputReader inputs)
    {
        var hasKey = inputs.Given(Input.AccessKeyId) || inputs.Given(Input.AccessKeySecret);
        var hasClient = inputs.Given(Input.ClientId) || inputs.Given(Input.ClientSecret);
        return (hasClient, hasKey) switch
        {
            (true, false) => null,
            (false, true) => AccessKeyFlow.Plan,
            _ => PasswordFlow.Plan,
        };
    }
}

/// <summary>
/// The current way: a registered client authenticates by Basic and an employee's access key stands for user and password, at
/// the token endpoint of the issuer's metadata. The tenant of the id token tells where the API is.
/// Source: NICE CXone's OpenID Connect and back-end application pages, https://developer.niceincontact.com/
/// </summary>
internal static class PasswordFlow
{
    public const string Name = "password";

    public static TokenPlan Plan(NiceCxoneProvider provider, InputReader inputs)
    {
        var issuer = CxoneAddresses.Issuer(inputs);
        var area = CxoneAddresses.Area(inputs);
        return new TokenPlan
        {
            Provider = provider.Name,
            ProviderTitle = provider.Title,
            Flow = Name,
            Region = area ?? "",
            Server = inputs.Server(token: null) with { Issuer = issuer },
            Client = inputs.Client("NICE sends it when the application is registered", CxoneAddresses.ClientAuthentication),
            HasGeneratedSecrets = true,
            Grant = new TokenGrant(
            [
                GrantField.Of("grant_type", "password"),
                GrantField.Of("username", CxoneAddresses.AccessKeyId(inputs)),
                GrantField.Of("password", CxoneAddresses.AccessKeySecret(inputs)),
            ]),
            Api = new ApiAddress
            {
                Base = inputs.Api() ?? (area is null ? null : CxoneAddresses.Api(area)),
                Tenant = new TenantDocument(
                    CxoneAddresses.Below(issuer, ".well-known/cxone-configuration"), CxoneAddresses.TenantClaim, "api_endpoint", "area"),
            },
            Organization = CxoneAddresses.UserInfo(issuer),
            TokenErrors = CxoneErrors.AtTokenEndpoint,
            ApiErrors = CxoneErrors.AtUserInfo,
        };
    }
}

/// <summary>
/// The widely used short flow: only an employee's access key, as JSON, at the area's own host. There is no OAuth
/// client. Source: NICE CXone's authentication API, https://developer.niceincontact.com/
/// </summary>
internal static class AccessKeyFlow
{
    public const string Name = "access-key";

    public static TokenPlan Plan(NiceCxoneProvider provider, InputReader inputs)
    {
        var issuer = CxoneAddresses.Issuer(inputs);
        var area = CxoneAddresses.Area(inputs);
        if (area is null && !inputs.Given(Input.TokenUrl))
        {
            inputs.Problems.Add(Input.Region,
                "missing; give the area of your tenant, such as na1 or eu1, which stands in the address that people log in at.");
        }

        return new TokenPlan
        {
            Provider = provider.Name,
            ProviderTitle = provider.Title,
            Flow = Name,
            Region = area ?? "",
            Server = inputs.Server(new Uri($"https://{area ?? "missing"}.nice-incontact.com/authentication/v1/token/access-key")),
            HasGeneratedSecrets = true,
            Client = null,
            Grant = new TokenGrant(
            [
                GrantField.Of("accessKeyId", CxoneAddresses.AccessKeyId(inputs)),
                GrantField.Of("accessKeySecret", CxoneAddresses.AccessKeySecret(inputs)),
            ])
            { IsJson = true },
            Api = new ApiAddress
            {
                Base = inputs.Api(),
                ResponseField = "resource_server_base_uri",
                Fallback = area is null ? null : CxoneAddresses.Api(area),
            },
            Organization = CxoneAddresses.UserInfo(issuer),
            TokenErrors = CxoneErrors.AtAccessKey(area),
            ApiErrors = CxoneErrors.AtUserInfo,
        };
    }
}

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
        var region = inputs.Text(Input.Region) is null
            ? Regions[0]
            : inputs.Choice(Input.Region, [.. Regions.Select(name => (name, name))]);
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
            Grant = TokenGrant.ClientCredentials.With(GrantField.Optional("scope", inputs.Text(Input.Scope))),
            Api = new ApiAddress { Base = inputs.Api() ?? platform },
            Organization = new OrganizationProbe { Path = "api/v2/account", IdField = "id", NameField = "name" },
            TokenErrors = CxoneErrors.AtPlatform(region),
            ApiErrors = CxoneErrors.AtPlatformApi,
        };
    }
}
