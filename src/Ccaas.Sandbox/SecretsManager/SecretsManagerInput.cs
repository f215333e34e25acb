using System.Text.Json;
using Ccaas.Sandbox.OAuth;

namespace Ccaas.Sandbox.SecretsManager;

/// <summary>What an operation was called with.</summary>
internal sealed class SecretsManagerInput(JsonElement body)
{
    /// <summary>Text of a field, or null if it was not sent.</summary>
    public string? this[string name] => SignedJwt.Text(body, name);

    public string? Value => this["SecretString"] ?? this["SecretBinary"];

    public bool IsBinary => this["SecretBinary"] is not null;

    public bool HasBothValues => this["SecretString"] is not null && this["SecretBinary"] is not null;

    public double? Number(string name) => SignedJwt.Number(body, name);

    public bool IsTrue(string name) => body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    public IReadOnlyList<string> Texts(string name) => SignedJwt.Texts(body, name);

    public IReadOnlyDictionary<string, string> Tags() => body.TryGetProperty("Tags", out var tags) && tags.ValueKind == JsonValueKind.Array
        ? tags.EnumerateArray().Where(tag => tag.ValueKind == JsonValueKind.Object)
            .GroupBy(tag => SignedJwt.Text(tag, "Key") ?? "", tag => SignedJwt.Text(tag, "Value") ?? "")
            .ToDictionary(group => group.Key, group => group.Last())
        : new Dictionary<string, string>();

    /// <summary>Null if it is no JSON object.</summary>
    public static SecretsManagerInput? Read(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? new SecretsManagerInput(document.RootElement.Clone()) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
