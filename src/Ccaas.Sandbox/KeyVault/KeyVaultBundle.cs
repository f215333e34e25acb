using System.Text.Json.Nodes;

namespace Ccaas.Sandbox.KeyVault;

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
