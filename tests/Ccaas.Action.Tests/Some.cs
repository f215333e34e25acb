namespace Ccaas.Action.Tests;

/// <summary>Values that fit together, for tests that care about one of their parts only.</summary>
internal static class Some
{
    /// <summary>Made by a vendor, at random.</summary>
    public const string Secret = "Zk9vQx2LmB7tR4wY8nC1dF6hJ3pS5aE0-some-secret";

    /// <summary>The same of another client.</summary>
    public const string OtherSecret = "Hn4kWq7ZbX2cV9mL5tG8rP1yD6sJ3fA0-other-secret";

    public static TokenPlan Plan { get; } = new()
    {
        Provider = "genesys-cloud",
        ProviderTitle = "Genesys Cloud",
        Region = "eu-west-1",
        Server = new AuthorizationServer { TokenEndpoint = new Uri("https://login.example.test/oauth/token") },
        Client = Client("some-client", Secret),
        HasGeneratedSecrets = true,
        Grant = TokenGrant.ClientCredentials,
        Api = new ApiAddress { Base = new Uri("https://api.example.test") },
        TokenErrors = GenesysErrors.AtLogin(GenesysRegion.Default),
        ApiErrors = GenesysErrors.AtApi,
    };

    public static OAuthClient Client(string id, string secret) => new(id, ClientAuthenticationMethod.Basic) { Secret = new Secret(secret) };

    public static TokenRequest Request(double timeoutSeconds = 60, int maxAttempts = 5) => new(
        Plan,
        new HttpSettings(new Limits(TimeSpan.FromSeconds(timeoutSeconds), maxAttempts)),
        new OrganizationPolicy(Wanted: false, AllowedOrganizations: []),
        new Export("CCAAS_ACCESS_TOKEN", ToolEnvironment: false),
        MinimumValidity: TimeSpan.FromSeconds(30));

    public static Publication Publication(string token = "some-token", Organization? organization = null) =>
        new(Request(), new AccessToken(new Secret(token), null), Attempts: 1, new VendorApi(Plan.Api.Base, Plan.Region), organization);
}
