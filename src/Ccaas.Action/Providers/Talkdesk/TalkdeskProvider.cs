namespace Ccaas.Action.Providers.Talkdesk;

/// <summary>
/// Talkdesk: the account's name is part of the token endpoint's host; the client authenticates by Basic or by an assertion.
/// Source: https://docs.talkdesk.com/reference/cc-jwt
/// </summary>
internal sealed class TalkdeskProvider : Provider
{
    public override string Name => "talkdesk";

    public override string Title => "Talkdesk";

    public override TokenPlan Plan(InputReader inputs)
    {
        var account = inputs.HostPart(Input.Account, "the account's name, the first part of https://<name>.mytalkdesk.com");
        var (region, login, api) = inputs.Text(Input.Region) is null ? Regions[0].Value : inputs.Choice(Input.Region, Regions);
        return new TokenPlan
        {
            Provider = Name,
            ProviderTitle = Title,
            Account = account,
            Region = region,
            Server = inputs.Server(new Uri($"https://{account}.{login}/oauth/token")),
            Client = inputs.Client("Builder > OAuth Clients", ClientAuthenticationMethod.Basic, ClientAuthenticationMethod.PrivateKeyJwt),
            HasGeneratedSecrets = true,
            Grant = TokenGrant.ClientCredentials.With(GrantField.Optional("scope", inputs.Text(Input.Scope))),
            Api = new ApiAddress { Base = inputs.Api() ?? new Uri($"https://{api}") },
            TokenErrors = Errors(account),
        };
    }

    private static (string Word, (string Region, string Login, string Api) Value)[] Regions { get; } =
    [
        ("us", ("us", "talkdeskid.com", "api.talkdeskapp.com")),
        ("eu", ("eu", "talkdeskid.eu", "api.talkdeskapp.eu")),
        ("ca", ("ca", "talkdeskidca.com", "api.talkdeskappca.com")),
        ("au", ("au", "talkdeskid.au", "api.talkdeskapp.au")),
    ];

    private static KnownError[] Errors(string account) =>
    [
        new(ExitCode.CredentialsRefused, "Talkdesk refused the client",
            $"the client does not belong to the account {account} in this region, its id, secret or key is wrong, or key-id does not "
                + "name the key.",
            "in Builder, under OAuth Clients, compare the client's id and secret, or its key and the key's id; then account and region "
                + "with the address that people log in at.",
            "the-client-was-refused")
        { Code = "invalid_client" },

        new(ExitCode.CredentialsRefused, "Talkdesk refused the request for a token",
            $"the client does not belong to the account {account} in this region; or a scope was added to it in the last minutes, which "
                + "takes a while to be known.",
            "wait a few minutes after a change of scopes; then compare account, region, client-id and scope with the client's page in "
                + "Builder, under OAuth Clients.",
            "the-client-was-refused")
        { Status = 401 },
    ];
}
