namespace Ccaas.Action.Providers.Zoom;

/// <summary>
/// Zoom: a server-to-server app with Zoom's own grant type, which needs the account.
/// Source: https://developers.zoom.us/docs/internal-apps/s2s-oauth/
/// </summary>
internal sealed class ZoomProvider : Provider
{
    public override string Name => "zoom";

    public override string Title => "Zoom";

    public override TokenPlan Plan(InputReader inputs) => new()
    {
        Provider = Name,
        ProviderTitle = Title,
        Account = inputs.Text(Input.Account) ?? "",
        Server = inputs.Server(new Uri("https://zoom.us/oauth/token"), new Uri("https://zoom.us/oauth/revoke")),
        // The vendor's own client sends id and secret as they are.
        Client = inputs.Client(
            "the app's page in the App Marketplace, App Credentials", ClientAuthenticationMethod.BasicRaw,
            ClientAuthenticationMethod.Basic),
        HasGeneratedSecrets = true,
        Grant = new TokenGrant(
        [
            GrantField.Of("grant_type", "account_credentials"),
            GrantField.Of("account_id", inputs.Required(Input.Account, "the account's id (the app's page in the App Marketplace, App "
                + "Credentials)")),
        ]),
        Api = new ApiAddress { Base = inputs.Api() ?? new Uri("https://api.zoom.us") },
        Organization = new OrganizationProbe { Path = "v2/users/me", IdField = "account_id" },
        TokenErrors = Errors,
        ApiErrors = ApiErrors,
    };

    private static KnownError[] Errors { get; } =
    [
        new(ExitCode.CredentialsRefused, "Zoom refused the app",
            "client-id or client-secret is wrong, or the app was deactivated.",
            "in the App Marketplace, open the app, compare App Credentials, and check that it is activated.",
            "the-client-was-refused")
        { Code = "invalid_client" },

        new(ExitCode.CredentialsRefused, "Zoom refused the account",
            "account is not the id of the account that the app belongs to, or the app is not activated.",
            "in the App Marketplace, open the app and copy the Account ID from App Credentials; then check that it is activated.",
            "the-request-was-refused")
        { Code = "invalid_request" },

        new(ExitCode.NotPermitted, "The app is of another kind",
            "the credentials belong to an app that is no Server-to-Server OAuth app.",
            "make a Server-to-Server OAuth app in the App Marketplace and use its credentials.",
            "the-grant-type-is-not-allowed")
        { Code = "unsupported_grant_type" },
    ];

    private static KnownError[] ApiErrors { get; } =
    [
        new(ExitCode.NotPermitted, "The app may not read its user",
            "the app lacks the scope that verify needs.",
            "in the App Marketplace, under the app's Scopes, add user:read:user:admin; or leave verify and allowed-organizations out.",
            "permission-was-refused")
        { Status = 400 },
    ];
}
