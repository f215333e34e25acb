using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ccaas.Action.Http;

/// <summary>The fields of an error body; each any JSON value, because servers err in these as well.</summary>
internal sealed record ErrorBody
{
    [JsonPropertyName("error")]
    public JsonElement Error { get; init; }

    [JsonPropertyName("code")]
    public JsonElement Code { get; init; }

    [JsonPropertyName("error_description")]
    public JsonElement ErrorDescription { get; init; }

    [JsonPropertyName("errorDescription")]
    public JsonElement ErrorDescriptionCamel { get; init; }

    [JsonPropertyName("description")]
    public JsonElement Description { get; init; }

    [JsonPropertyName("reason")]
    public JsonElement Reason { get; init; }

    [JsonPropertyName("message")]
    public JsonElement Message { get; init; }
}

[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class HttpJson : JsonSerializerContext;
