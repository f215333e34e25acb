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

/// <summary>A version as the vault shows it. What it does not have is left out.</summary>
internal static class KeyVaultBundle
{
    /// <summary>Days that a deleted secret can be had back.</summary>
    public const int RecoverableDays = 90;

    public static JsonObject WithValue(string origin, SandboxSecret secret, SandboxSecretVersion version)
    {
        var bundle = WithoutValue(origin, secret, version);
        bundle["value"] = version.Value;
        return bundle;
    }

    public static JsonObject WithoutValue(string origin, SandboxSecret secret, SandboxSecretVersion version)
    {
        var attributes = new JsonObject
        {
            ["enabled"] = version.Enabled,
            ["created"] = version.CreatedAt.ToUnixTimeSeconds(),
            ["updated"] = version.UpdatedAt.ToUnixTimeSeconds(),
            ["recoveryLevel"] = "Recoverable+Purgeable",
            ["recoverableDays"] = RecoverableDays,
        };
        Add(attributes, "nbf", version.NotBefore?.ToUnixTimeSeconds());
        Add(attributes, "exp", version.ExpiresAt?.ToUnixTimeSeconds());
        var bundle = new JsonObject { ["id"] = $"{origin}/secrets/{secret.Name}/{version.Id}", ["attributes"] = attributes };
        Add(bundle, "contentType", version.ContentType);
        if (version.Tags.Count > 0)
        {
            bundle["tags"] = new JsonObject(version.Tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value)));
        }

        return bundle;
    }

    public static JsonObject Deleted(string origin, SandboxSecret secret)
    {
        var bundle = WithoutValue(origin, secret, secret.Current!);
        bundle["recoveryId"] = $"{origin}/deletedsecrets/{secret.Name}";
        bundle["deletedDate"] = secret.DeletedAt?.ToUnixTimeSeconds();
        bundle["scheduledPurgeDate"] = secret.PurgedAt?.ToUnixTimeSeconds();
        return bundle;
    }

    private static void Add(JsonObject to, string name, JsonNode? value)
    {
        if (value is not null)
        {
            to[name] = value;
        }
    }
}
