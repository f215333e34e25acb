using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using Ccaas.Action.Requests;

namespace Ccaas.Action.OAuth;

/// <summary>Writes a grant's fields as the body of a request.</summary>
internal static class RequestBody
{
    /// <param name="grant">The fields.</param>
    /// <param name="proof">What the client's proof adds to them.</param>
    public static HttpContent Of(TokenGrant grant, IEnumerable<KeyValuePair<string, string>> proof)
    {
        var fields = grant.Fields.Select(field => KeyValuePair.Create(field.Name, field.Secret?.Reveal() ?? field.Text ?? "")).Concat(proof);
        return grant.IsJson ? Json(fields) : new FormUrlEncodedContent(fields);
    }

    private static ByteArrayContent Json(IEnumerable<KeyValuePair<string, string>> fields)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in fields)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        return new ByteArrayContent(buffer.WrittenSpan.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    }
}
