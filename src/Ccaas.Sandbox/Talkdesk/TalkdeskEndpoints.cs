using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.Talkdesk;

/// <summary>Talkdesk: a token endpoint by the book, whose tokens are short-lived.</summary>
internal static class TalkdeskEndpoints
{
    private const string Prefix = "/talkdesk";

    // Ten minutes, whatever the options say.
    private const int MostSeconds = 600;

    // What a token may do when the client asks for nothing in particular.
    private const string DefaultScope = "account:read";

    private static readonly FormRules Rules = new()
    {
        GrantType = "client_credentials",
        Optional = ["scope"],
        Methods = ClientMethods.Basic | ClientMethods.PrivateKeyJwt,
        AudiencePaths = [Prefix + "/oauth/token", Prefix],
    };

    public static IEnumerable<Endpoint> Create(SandboxState state) =>
    [
        new Endpoint("POST", Prefix + "/oauth/token", request => state.Forms.Respond(request, Rules, OAuthResponse.Error, (form, client) =>
        {
            var lifetime = Math.Min(state.Tokens.Lifetime, MostSeconds);
            return OAuthResponse.Token(new
            {
                access_token = state.Tokens.Issue(client, lifetime),
                token_type = "Bearer",
                expires_in = lifetime,
                scope = form["scope"] ?? DefaultScope,
            });
        })),
    ];
}
