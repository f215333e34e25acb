namespace Ccaas.Action.Providers.Salesforce;

/// <summary>
/// Salesforce: the token response has the API's address, but no lifetime: the token is valid as long as the session of the user
/// that the app runs as.
/// Source: https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_client_credentials_flow.htm
/// </summary>
internal sealed class SalesforceProvider : Provider
{
    public override string Name => "salesforce";

    public override string Title => "Salesforce";

    public override TokenPlan Plan(InputReader inputs)
    {
        var account = inputs.HostPart(Input.Account, "the My Domain name, such as mycompany or mycompany--test.sandbox", Partitions);
        var domain = new Uri($"https://{account}.my.salesforce.com");
        return new TokenPlan
        {
            Provider = Name,
            ProviderTitle = Title,
            Account = domain.Host,
            Server = inputs.Server(new Uri(domain, "services/oauth2/token"), new Uri(domain, "services/oauth2/revoke")),
            Client = inputs.Client("the app's Consumer Key and Secret", ClientAuthenticationMethod.Basic, ClientAuthenticationMethod.Post),
            HasGeneratedSecrets = true,
            Grant = TokenGrant.ClientCredentials,
            Api = new ApiAddress { Base = inputs.Api(), ResponseField = "instance_url", Fallback = domain },
            Organization = new OrganizationProbe { Path = "services/oauth2/userinfo", IdField = "organization_id" },
            RevokesWithoutClient = true,
            TokenErrors = Errors,
            ApiErrors = ApiErrors,
        };
    }

    /// <summary>Kinds of org in the host name: https://help.salesforce.com/s/articleView?id=xcloud.domain_name_url_formats.htm</summary>
    private static readonly string[] Partitions = ["sandbox", "develop", "scratch", "demo", "free", "patch", "trailblaze"];

    private static KnownError[] Errors { get; } =
    [
        new(ExitCode.CredentialsRefused, "Salesforce does not know the app",
            "client-id is not the Consumer Key of an app of this organization; a new app takes up to ten minutes to be known.",
            "in Setup, open the app's Consumer Details and copy the key; check that account is this organization's My Domain name.",
            "the-client-was-refused")
        { Code = "invalid_client_id" },

        new(ExitCode.CredentialsRefused, "Salesforce refused the app",
            "client-secret is not the Consumer Secret that belongs to client-id.",
            "in Setup, open the app's Consumer Details and copy the secret again.",
            "the-client-was-refused")
        { Code = "invalid_client" },

        new(ExitCode.CredentialsRefused, "Salesforce refuses apps at this address",
            "token-url or account names a shared login host; this grant works at the organization's own My Domain alone.",
            "give the My Domain name in account (Setup > My Domain) and leave token-url out.",
            "the-request-was-refused")
        { Code = "invalid_grant", DescriptionStart = "request not supported on this domain" },

        new(ExitCode.NotPermitted, "The app may not use client credentials",
            "no user is set under Run As in the app's policies (by username, not by e-mail address), or that user lacks API access.",
            "in Setup, under the app's policies, choose a user with API access under Run As.",
            "the-grant-type-is-not-allowed")
        { Code = "invalid_grant", DescriptionStart = "no client credentials user enabled" },

        new(ExitCode.CredentialsRefused, "Salesforce refused the app's user",
            "Enable Client Credentials Flow is off in the app, or the user under Run As is locked, inactive, or may not log in at this "
                + "hour or from this address.",
            "in Setup, look at the Run As user's Login History, which names the reason, and at the app's policies.",
            "the-request-was-refused")
        { Code = "invalid_grant" },

        new(ExitCode.NotPermitted, "The app is not approved for its user",
            "the app's policy allows only users that an administrator approved, and the user under Run As is not one of them.",
            "in Setup, give the Run As user a profile or permission set that the app's policies list.",
            "permission-was-refused")
        { Code = "invalid_app_access" },

        new(ExitCode.RateLimited, "Salesforce limits the rate",
            "the user under Run As has logged in too often within the hour.",
            "run the job again in an hour; then obtain the token once and share it, or let fewer jobs run at once.",
            "rate-limited")
        { Code = "rate_limit_exceeded", IsCountedByTheHour = true },
    ];

    private static KnownError[] ApiErrors { get; } =
    [
        new(ExitCode.NotPermitted, "The app may not read its own identity",
            "the app lacks the OAuth scope for its identity, or api-url belongs to another organization.",
            "in Setup, add 'Access the identity URL service' (id) to the app's OAuth scopes; or leave verify, allowed-organizations and "
                + "api-url out.",
            "permission-was-refused")
        { Status = 403 },
    ];
}
