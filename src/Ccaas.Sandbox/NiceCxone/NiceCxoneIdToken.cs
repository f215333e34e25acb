using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.NiceCxone;

/// <summary>The id token that comes with every token of an access key. Its tenant is what clients read it for.</summary>
internal sealed class NiceCxoneIdToken(SandboxState state)
{
    public string Issue(Incoming request, SandboxClient client)
    {
        var now = state.Clock.GetUtcNow().ToUnixTimeSeconds();
        return state.Tokens.IssueIdToken(new
        {
            iss = request.Origin + NiceCxoneEndpoints.Prefix,
            sub = SandboxUser.Id,
            aud = client.ClientId,
            iat = now,
            exp = now + state.Tokens.Lifetime,
            tenantId = client.OrganizationId,
        });
    }
}
