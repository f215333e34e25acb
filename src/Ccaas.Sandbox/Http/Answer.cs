using System.Text.Json;

namespace Ccaas.Sandbox.Http;

/// <summary>What is to be sent, before any fault has had its way with it.</summary>
internal sealed record Answer(int Status, string? ContentType, byte[] Body)
{
    public IReadOnlyDictionary<string, string> Headers { get; private init; } = new Dictionary<string, string>();

    public static Answer Empty(int status) => new(status, null, []);

    public static Answer Json(int status, object value) =>
        new(status, "application/json", JsonSerializer.SerializeToUtf8Bytes(value, JsonSerializerOptions.Web));

    public Answer With(string header, string value) => this with { Headers = new Dictionary<string, string>(Headers) { [header] = value } };

    public Answer With(IReadOnlyDictionary<string, string>? headers) =>
        headers is null ? this : headers.Aggregate(this, (answer, header) => answer.With(header.Key, header.Value));
}
