using Ccaas.Action.Foundation;
using Ccaas.Action.Inputs;
using Ccaas.Action.Requests;

namespace Ccaas.Action.Providers.OAuth2;

/// <summary>Any OAuth 2.0 server: everything that a provider of its own would know comes from the inputs or from the server's metadata.</summary>
internal sealed class OAuth2Provider : Provider
{
    public override string Name => "oauth2";

    public override string Title => "OAuth 2.0";

    public override TokenPlan Plan(InputReader inputs)
    {
        var server = inputs.Server(token: null) with { Issuer = inputs.Issuer(InputNames.Issuer) };
        if (!inputs.Given(InputNames.TokenUrl) && !inputs.Given(InputNames.Issuer))
        {
            inputs.Problems.Add(InputNames.TokenUrl, "missing; give the server's token endpoint, or its issuer, whose metadata names the endpoint.");
        }

        var client = inputs.Client("where the client was registered", Enum.GetValues<ClientAuthenticationMethod>());
        return new TokenPlan
        {
            Provider = Name,
            // The host is what people know it by.
            ProviderTitle = (server.TokenEndpoint ?? server.IssuerAddress) is { } address ? PlainText.Host(address) : "An OAuth 2.0 server",
            Server = server,
            Client = client,
            Grant = new TokenGrant(GrantParameters.Read(inputs)),
            Api = new ApiAddress { Base = inputs.Api() },
            TokenErrors = OAuth2Errors.Of(client.Authentication),
        };
    }
}
