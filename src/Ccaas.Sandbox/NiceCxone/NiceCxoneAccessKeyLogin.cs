using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.NiceCxone;

/// <summary>The older way: an access key as JSON gives a token, without any client.</summary>
internal sealed class NiceCxoneAccessKeyLogin(SandboxState state)
{
    private readonly NiceCxoneIdToken _idToken = new(state);

    public Response Token(Incoming request)
    {
        if (Check(request) is { } refusal)
        {
            return NiceCxoneResponse.Error(refusal);
        }

        if (AccessKeyBody.Parse(request.Body) is not { } key)
        {
            return NiceCxoneResponse.Error(Refusal.InvalidRequest("the body must be {accessKeyId, accessKeySecret}, both text"));
        }

        return state.Clients.FirstOrDefault(c => c.HasAccessKey(key.AccessKeyId, key.AccessKeySecret)) is { } client
            ? OAuthResponse.Token(new
            {
                access_token = state.Tokens.Issue(client),
                token_type = "bearer",
                expires_in = state.Tokens.Lifetime,
                refresh_token = state.Tokens.IssueRefreshToken(),
                id_token = _idToken.Issue(request, client),
                resource_server_base_uri = $"{request.Origin}{NiceCxoneEndpoints.Prefix}/api/",
            })
            : NiceCxoneResponse.Error(new Refusal(401, "unauthorized", "the access key is not valid"));
    }

    private static Refusal? Check(Incoming request) => request switch
    {
        { MediaType: not "application/json" } => new Refusal(415, "invalid_request", "the body must be application/json"),
        { Query.Length: > 0 } => Refusal.InvalidRequest("the token endpoint takes no query"),
        // A client secret that comes along here was sent to somebody who has no use for it.
        _ when request.Header("Authorization") is not null => Refusal.InvalidRequest("this endpoint takes no client authentication"),
        _ => null,
    };
}
