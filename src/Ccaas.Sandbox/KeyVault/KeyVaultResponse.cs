using System.Text.Json.Nodes;
using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.KeyVault;

/// <summary>The vault's words for a refusal: https://learn.microsoft.com/azure/key-vault/general/rest-error-codes</summary>
internal static class KeyVaultResponse
{
    public static Response Ok(JsonObject body) => Identified(Response.Json(200, body));

    public static Response NoContent() => Identified(Response.Empty(204));

    public static Response Error(int status, string code, string message, string? innerCode = null)
    {
        var error = new JsonObject { ["code"] = code, ["message"] = message };
        if (innerCode is not null)
        {
            error["innererror"] = new JsonObject { ["code"] = innerCode };
        }

        return Identified(Response.Json(status, new JsonObject { ["error"] = error }));
    }

    public static Response BadParameter(string message) => Error(400, "BadParameter", message);

    public static Response NotFound(string what) => Error(
        404,
        "SecretNotFound",
        $"A secret with (name/id) {what} was not found in this key vault. "
        + "If you recently deleted this secret you may be able to recover it using the correct recovery command.");

    /// <summary>Where to get a token, and for what, as the vendor's clients learn it.</summary>
    public static Response Challenge(string authority, string message) => Error(401, "Unauthorized", message)
        .With("WWW-Authenticate", $"Bearer authorization=\"{authority}\", resource=\"{EntraTokens.Resource}\"");

    private static Response Identified(Response response) => response.With("x-ms-request-id", Guid.NewGuid().ToString());
}

/// <summary>Faults in the vault's words.</summary>
public static class KeyVaultFaults
{
    extension(Fault)
    {
        public static Fault KeyVaultError(int status, string code, string message, string? innerCode = null, TimeSpan? retryAfter = null) =>
            Fault.Fixed("status", status, _ => retryAfter is { } after
                ? KeyVaultResponse.Error(status, code, message, innerCode).With("Retry-After", Fault.Seconds(after))
                : KeyVaultResponse.Error(status, code, message, innerCode));
    }
}
