using System.IO.Compression;
using System.Text;
using Ccaas.Testing;
using static Ccaas.EndToEnd.Tests.Attacks.Responses;

namespace Ccaas.EndToEnd.Tests.Attacks;

/// <summary>
/// Success with a body that is no token response (RFC 6749 §5.1, RFC 8259), or only just one. What is malformed is not asked for
/// again.
/// </summary>
public sealed class BodyTests : AttackTests
{
    private const int Limit = 1024 * 1024;

    private static readonly string Named = Body[1..^1];

    internal static IReadOnlyList<Attack> Table { get; } =
    [
        Malformed("nothing", Json("")),
        Malformed("white space", Json(" \r\n\t ")),
        Malformed("null", Json("null")),
        Malformed("true", Json("true")),
        Malformed("a number", Json("1e999")),
        Malformed("a text", Json($"\"{Canary.Token.Value}\"")),
        Malformed("an array of token responses", Json($"[{Body}]")),
        Malformed("a token response within another object", Json($$"""{"data":{{Body}}}""")),
        Malformed("another case of letters", Json(Body.Replace("access_token", "Access_Token", StringComparison.Ordinal))),
        Malformed("an error with status 200", Json("""{"error":"invalid_client","error_description":"no"}""")),
        new("an error beside a token", 0, Json(BodyWith("\"error\":\"invalid_client\""))),
        Malformed("two token responses", Json(Body + Body)),
        Malformed("a line after the token response", Json($"{Body}\nnonsense")),
        Malformed("a comma too many", Json($"{{{Named},}}")),
        Malformed("a comment", Json($"/* token */{Body}")),
        Malformed("single quotes", Json(Body.Replace('"', '\''))),
        Malformed("JSONP", Json($"callback({Body})")),
        Malformed("a prefix against script inclusion", Json($")]}}',\n{Body}")),
        Malformed("a form", Json($"access_token={Canary.Token.Value}&token_type=bearer")),
        Malformed("the token alone", Json(Canary.Token.Value)),
        Malformed("XML", Json($"<token>{Canary.Token.Value}</token>")),
        Malformed("a login page", Status("200 OK", "Content-Type: text/html\r\n", "<!doctype html><form "
            + "action=\"http://evil.example.com\"><input name=password></form>")),
        Malformed("a page that names the token",
            Status("200 OK", "Content-Type: text/html\r\n", $"<script>token='{Canary.Token.Value}'</script>")),
        Malformed("NaN", Json(BodyWith("\"x\":NaN"))),
        Malformed("a number with a zero before it", Json(BodyWith("\"x\":01"))),
        Malformed("a bare LF within a text", Json(BodyWith("\"x\":\"a\nb\""))),

        Malformed("100,000 arrays within each other", Json(new string('[', 100_000))),
        Malformed("100,000 objects within each other", Json(Repeat("{\"a\":", 100_000))),
        Malformed("a field 1,000 deep", Json(BodyWith($"\"x\":{new string('[', 1000)}{new string(']', 1000)}"))),
        new("a field 60 deep", 0, Json(BodyWith($"\"x\":{new string('[', 60)}{new string(']', 60)}"))),
        new("a number of 100,000 digits", 0, Json(BodyWith($"\"x\":{new string('9', 100_000)}"))),
        new("1e400, -0 and 1e-400", 0, Json(BodyWith("\"x\":1e400,\"y\":-0,\"z\":1e-400"))),
        new("the token twice, the last one counts", 0, Json($$"""{"access_token":"another-token-before-it",{{Named}}}""")),
        Malformed("a token that is first a number", Json($$"""{"access_token":7,{{Named}}}""")),
        new("a key of 100 KB", 0, Json(BodyWith($"\"{new string('k', 100_000)}\":1"))),
        new("a key that is empty", 0, Json(BodyWith("\"\":\"\""))),
        new("20,000 fields", 0, Json(BodyWith(string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"field{i}\":{i}"))))),
        new("keys that mean something to JavaScript", 0, Json(BodyWith("\"__proto__\":{\"x\":1},\"constructor\":1"))),
        new("every letter of the token escaped", 0,
            Json(Body.Replace(Canary.Token.Value, string.Concat(Canary.Token.Value.Select(letter => $"\\u{(int)letter:x4}")),
            StringComparison.Ordinal))),

        Malformed("a byte order mark", Bytes([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Body)])),
        Malformed("UTF-16, little end first", Bytes(Encoding.Unicode.GetBytes(Body))),
        Malformed("UTF-16 with a mark", Bytes([.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(Body)])),
        Malformed("UTF-32", Bytes(Encoding.UTF32.GetBytes(Body))),
        Malformed("UTF-7", Json(Body.Replace("{", "+AHs-", StringComparison.Ordinal))),
        Malformed("EBCDIC", Bytes([0xC0, 0x7F, 0x81, 0x83, 0x83, 0x85, 0xA2, 0xA2])),
        Malformed("no UTF-8 in a value", Bytes(Encoding.Latin1.GetBytes(BodyWith("\"x\":\"\u00FF\u00FE\"")))),
        Malformed("UTF-8 that is too long for its letter", Bytes(Encoding.Latin1.GetBytes(BodyWith("\"x\":\"\u00C0\u0080\"")))),
        Malformed("no UTF-8 in a key", Bytes(Encoding.Latin1.GetBytes(BodyWith("\"\u00FF\":\"x\"")))),
        Malformed("half of a surrogate pair in a key", Json(BodyWith("\"\\ud800\":\"x\""))),
        Malformed("half of a surrogate pair in a value", Json(BodyWith("\"scope\":\"\\udc00\""))),
        Malformed("halves of a surrogate pair in the wrong order", Json(BodyWith("\"x\":\"\\ude00\\ud83d\""))),
        new("NUL and control characters in fields", 0, Json(BodyWith("\"\\u0000\":\"\\u0000\\u001b[31m\",\"scope\":\"\\u0007\""))),

        new("1 MiB", 0, Json(Body.PadRight(Limit))),
        Malformed("1 MiB and a byte", Json(Body.PadRight(Limit + 1))),
        Malformed("a body without end", Forever("HTTP/1.1 200 OK\r\n\r\n", new string('x', 65536))),
        Malformed("gzip, though nobody asked", Status("200 OK", "Content-Encoding: gzip\r\n", Bomb(Body.Length))),
        Malformed("a gzip bomb of 100 MB", Status("200 OK", "Content-Encoding: gzip\r\n", Bomb(100_000_000))),
        Malformed("the same, announced as deflate", Status("200 OK", "Content-Encoding: deflate\r\n", Bomb(1_000_000))),
        Malformed("the same, announced as nothing", Status("200 OK", "", Bomb(1_000_000))),
    ];

    public static TheoryData<string> Names => [.. Table.Select(attack => attack.Name)];

    [NativeTheory]
    [MemberData(nameof(Names))]
    public Task Run_ends_as_documented(string name) => RunAsync(Table.Single(attack => attack.Name == name));

    private static Attack Malformed(string name, Behavior server) => new(name, 6, server) { MostConnections = 1 };

    private static string Bomb(int length)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
        {
            var spaces = Encoding.ASCII.GetBytes(new string(' ', 10_000));
            for (var written = 0; written < length; written += spaces.Length)
            {
                gzip.Write(spaces);
            }
        }

        return Encoding.Latin1.GetString(buffer.ToArray());
    }
}
