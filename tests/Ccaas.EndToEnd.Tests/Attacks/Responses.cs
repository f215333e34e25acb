using System.Text;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests.Attacks;

/// <summary>Responses to a token request, right ones and wrong ones.</summary>
internal static class Responses
{
    /// <summary>A token response as RFC 6749 §5.1 has it.</summary>
    public static string Body { get; } = BodyWith("");

    /// <summary>The whole response with that body.</summary>
    public static string Valid { get; } = Text("200 OK", "Content-Type: application/json;charset=UTF-8\r\n", Body);

    /// <summary>The same body with more fields after it.</summary>
    public static string BodyWith(string fields) => $$"""{"access_token":"{{Canary.Token.Value}}","token_type":"Bearer","expires_in":3600{{(fields.Length > 0 ? "," : "")}}{{fields}}}""";

    /// <param name="status">What follows the version in the status line.</param>
    /// <param name="headers">Each with its end of line; the length of the body is added.</param>
    /// <param name="body">Latin-1.</param>
    public static string Text(string status, string headers = "", string body = "") =>
        $"HTTP/1.1 {status}\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}";

    /// <summary>Reads the request, says this, and closes the connection.</summary>
    public static Behavior Says(string text) => async wire =>
    {
        await wire.ReadRequestAsync();
        await wire.SendAsync(text);
    };

    /// <summary>Reads the request, says this, and then this again and again.</summary>
    public static Behavior Forever(string first, string again) => async wire =>
    {
        await wire.ReadRequestAsync();
        await wire.SendAsync(first);
        await wire.SendForeverAsync(again);
    };

    /// <summary>Reads the request, says this, and nothing any more.</summary>
    public static Behavior SaysThenHangs(string text) => async wire =>
    {
        await wire.ReadRequestAsync();
        await wire.SendAsync(text);
        await wire.HangAsync();
    };

    /// <summary>A response of this status.</summary>
    public static Behavior Status(string status, string headers = "", string body = "") => Says(Text(status, headers, body));

    /// <summary>Success with exactly these headers, and a right body after them.</summary>
    public static Behavior Headers(string headers) => Says($"HTTP/1.1 200 OK\r\n{headers}\r\n{Body}");

    /// <summary>Success with these headers besides those that are needed, and a right body.</summary>
    public static Behavior ValidWith(string headers) => Status("200 OK", headers, Body);

    /// <summary>Success with this body in UTF-8.</summary>
    public static Behavior Json(string body) => Bytes(Encoding.UTF8.GetBytes(body));

    /// <summary>Success with this body.</summary>
    public static Behavior Bytes(byte[] body) => Status("200 OK", "Content-Type: application/json\r\n", Encoding.Latin1.GetString(body));

    /// <summary>Success in chunks, which are given as they go over the wire.</summary>
    public static Behavior Chunks(string chunks) => Says($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}");

    /// <summary>A chunk with its size.</summary>
    public static string Chunk(string data) => $"{data.Length:x}\r\n{data}\r\n";

    /// <summary>A refusal as RFC 6749 §5.2 has it.</summary>
    public static Behavior Error(string status, string error, string description = "") =>
        Status(status, "Content-Type: application/json\r\n", Encoding.Latin1.GetString(Encoding.UTF8.GetBytes($$"""{"error":"{{error}}","error_description":"{{description}}"}""")));

    public static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
