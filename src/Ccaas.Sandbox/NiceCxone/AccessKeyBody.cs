using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ccaas.Sandbox.NiceCxone;

/// <summary>An access key as JSON: these two fields, and no other.</summary>
internal sealed record AccessKeyBody(
    [property: JsonPropertyName("accessKeyId")] string AccessKeyId,
    [property: JsonPropertyName("accessKeySecret")] string AccessKeySecret)
{
    /// <summary>Null if it is anything else.</summary>
    public static AccessKeyBody? Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<AccessKeyBody>(json, JsonSerializerOptions.Strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The generated one would print the secret.
    public override string ToString() => nameof(AccessKeyBody);
}
