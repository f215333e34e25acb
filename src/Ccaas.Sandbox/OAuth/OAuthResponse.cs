using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.OAuth;

/// <summary>Responses of a token endpoint, RFC 6749 sections 5.1 and 5.2.</summary>
internal static class OAuthResponse
{
    public static Response Error(Refusal refusal) =>
        Error(refusal, new { error = refusal.Error, error_description = refusal.Description });

    /// <summary>The same in a vendor's own words.</summary>
    public static Response Error(Refusal refusal, object body)
    {
        var response = NoStore(Response.Json(refusal.Status, body));
        // RFC 9110 section 15.5.2: a 401 says how to do better.
        return refusal is { Status: 401, Error: "invalid_client" }
            ? response.With("WWW-Authenticate", "Basic realm=\"sandbox\"")
            : response;
    }

    public static Response Token(object body) => NoStore(Response.Json(200, body));

    private static Response NoStore(Response response) => response.With("Cache-Control", "no-store");
}

/// <summary>Why a request is turned down, with the codes of RFC 6749 section 5.2. Each vendor puts it into its own shape.</summary>
internal sealed record Refusal(int Status, string Error, string Description)
{
    public static Refusal InvalidRequest(string description) => new(400, "invalid_request", description);

    public static Refusal InvalidClient(string description) => new(401, "invalid_client", description);
}
