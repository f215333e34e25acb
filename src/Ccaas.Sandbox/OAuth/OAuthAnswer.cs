using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.OAuth;

/// <summary>What a token endpoint answers, RFC 6749 sections 5.1 and 5.2.</summary>
internal static class OAuthAnswer
{
    /// <summary>The text is sent twice, because Genesys Cloud does so: once under its own name, once under the RFC's.</summary>
    public static Answer Error(int status, string error, string description) =>
        NoStore(Answer.Json(status, new { error, description, error_description = description }));

    /// <param name="token">The token.</param>
    /// <param name="expiresIn">Seconds.</param>
    public static Answer Token(string token, int expiresIn) =>
        NoStore(Answer.Json(200, new { access_token = token, token_type = "bearer", expires_in = expiresIn }));

    private static Answer NoStore(Answer answer) => answer.With("Cache-Control", "no-store");
}
