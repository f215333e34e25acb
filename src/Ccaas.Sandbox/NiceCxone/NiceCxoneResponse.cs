using Ccaas.Sandbox.Http;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.NiceCxone;

/// <summary>How the issuer words a refusal: RFC 6749's codes, and a description in camel case.</summary>
internal static class NiceCxoneResponse
{
    public static Response Error(Refusal refusal) =>
        OAuthResponse.Error(refusal, new { error = refusal.Error, errorDescription = refusal.Description });

    public static Response Error(BearerProblem problem)
    {
        var refusal = Refuse(problem);
        return Challenge(refusal, Error(refusal));
    }

    public static Refusal Refuse(BearerProblem problem) => problem switch
    {
        BearerProblem.Missing => new Refusal(401, "invalid_token", "no bearer token came with the request"),
        BearerProblem.Unknown => new Refusal(401, "invalid_token", "the token is not one of ours, or was revoked"),
        BearerProblem.Expired => new Refusal(401, "invalid_token", "the token has expired"),
        _ => Refusal.InvalidRequest("the sandbox expects neither a query nor a body here"),
    };

    /// <summary>RFC 6750 section 3: a 401 names the scheme.</summary>
    public static Response Challenge(Refusal refusal, Response response) =>
        refusal.Status == 401 ? response.With("WWW-Authenticate", $"Bearer error=\"{refusal.Error}\"") : response;
}
