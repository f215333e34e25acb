using System.Globalization;
using System.Text.Json.Nodes;

namespace Ccaas.Sandbox.SecretsManager;

/// <summary>A role's key as the metadata services show it.</summary>
internal static class MachineKey
{
    public static JsonObject Show(SandboxAccessKey key) => new()
    {
        ["AccessKeyId"] = key.AccessKeyId,
        ["SecretAccessKey"] = key.SecretAccessKey,
        ["Token"] = key.SessionToken,
        ["Expiration"] = Time(key.ExpiresAt!.Value),
    };

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
