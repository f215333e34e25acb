using System.Text.Json;

namespace Ccaas.Sandbox.Http;

/// <summary>What is to be sent, before any fault has had its way with it.</summary>
internal sealed record Response(int Status, string? ContentType, byte[] Body)
{
    public IReadOnlyDictionary<string, string> Headers { get; private init; } = new Dictionary<string, string>();

    public static Response Empty(int status) => new(status, null, []);

    public static Response Json(int status, object value) =>
        new(status, "application/json", JsonSerializer.SerializeToUtf8Bytes(value, JsonSerializerOptions.Web));

    public Response With(string header, string value) => this with { Headers = new Dictionary<string, string>(Headers) { [header] = value } };

    public Response With(IReadOnlyDictionary<string, string>? headers) =>
        headers is null ? this : headers.Aggregate(this, (response, header) => response.With(header.Key, header.Value));
}
