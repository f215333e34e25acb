using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ccaas.Action.OAuth;

/// <summary>A success body of the token endpoint, RFC 6749 §5.1. A class and not a record, so that no ToString shows the token.</summary>
internal sealed class TokenResponse
{
    [JsonPropertyName("access_token")]
    public string? AccessToken { get; init; }

    [JsonPropertyName("token_type")]
    public string? TokenType { get; init; }

    /// <summary>Seconds; a number by the RFC, a text at some servers.</summary>
    [JsonPropertyName("expires_in")]
    public JsonElement ExpiresIn { get; init; }

    /// <summary>Everything else; vendors add fields of their own, and some of these are tokens too.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement> Others { get; set; } = [];

    /// <summary>One of the others, when it is a text with something in it.</summary>
    public string? Other(string name) =>
        Others.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}

[JsonSerializable(typeof(TokenResponse))]
internal sealed partial class OAuthJson : JsonSerializerContext;
