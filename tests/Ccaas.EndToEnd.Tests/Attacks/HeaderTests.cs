using static Ccaas.EndToEnd.Tests.Attacks.Responses;

namespace Ccaas.EndToEnd.Tests.Attacks;

/// <summary>Header bombs, headers that contradict each other, and how long a body is (RFC 9112 §5 to §7).</summary>
public sealed class HeaderTests : AttackTests
{
    private static readonly string Length = $"Content-Length: {Body.Length}\r\n";

    internal static IReadOnlyList<Attack> Table { get; } =
    [
        new("300 headers of 100 bytes", 0, ValidWith(Repeat($"X-Bomb: {new string('x', 90)}\r\n", 300))),
        new("1,000 headers of 100 bytes", 6, ValidWith(Repeat($"X-Bomb: {new string('x', 90)}\r\n", 1000))) { MostConnections = 1 },
        new("one header of 60 KB", 0, ValidWith($"X-Bomb: {new string('x', 60_000)}\r\n")),
        new("one header of 70 KB", 6, ValidWith($"X-Bomb: {new string('x', 70_000)}\r\n")) { MostConnections = 1 },
        new("a header's name of 70 KB", 6, ValidWith($"{new string('x', 70_000)}: bomb\r\n")) { MostConnections = 1 },
        new("a header without end", 6, Forever("HTTP/1.1 200 OK\r\nX-Bomb: ", new string('x', 8192))) { MostConnections = 1 },
        new("headers without end", 6, Forever("HTTP/1.1 200 OK\r\n", Repeat("X-Bomb: x\r\n", 500))) { MostConnections = 1 },
        new("500 cookies", 0, ValidWith(Repeat("Set-Cookie: a=b; Path=/; Domain=example.com\r\n", 500))),
        new("a folded header", 0, ValidWith("X-Folded: one\r\n two\r\n\tthree\r\n")),
        new("a header folded 2,000 times", 0, ValidWith($"X-Folded: one\r\n{Repeat(" more\r\n", 2000)}")),
        new("a first header that is folded", 7, Headers($" folded: x\r\n{Length}")),
        new("a header without a colon", 7, ValidWith("X-Nothing\r\n")),
        new("a header without a name", 7, ValidWith(": x\r\n")),
        new("a space before the colon", 0, ValidWith("X-Space : x\r\n")),
        new("a space in a header's name", 7, ValidWith("X Space: x\r\n")),
        new("NUL in a header's value", 0, ValidWith("X-Nul: a\0b\r\n")),
        new("NUL in a header's name", 7, ValidWith("X-\0Nul: ab\r\n")),
        new("CR in a header's value", 0, ValidWith("X-Cr: a\rb\r\n")),
        new("bytes above ASCII in a header", 0, ValidWith("X-High: \u00FF\u00FE\u0080\r\n")),
        new("control characters in a header", 0, ValidWith("X-Control: \u001B[2J\u0007\r\n")),

        new("no length at all, and the end", 0, Headers("Content-Type: application/json\r\n")),
        new("length twice, the same", 0, Headers(Length + Length)),
        // A length that cannot be read is none: the body ends with the connection, which is never used again.
        new("length twice, conflicting", 0, Headers($"{Length}Content-Length: 5\r\n")),
        new("length as a list", 0, Headers($"Content-Length: {Body.Length}, {Body.Length}\r\n")),
        new("length negative", 0, Headers("Content-Length: -1\r\n")),
        new("length with a plus", 0, Headers($"Content-Length: +{Body.Length}\r\n")),
        new("length in hexadecimal", 0, Headers($"Content-Length: 0x{Body.Length:x}\r\n")),
        new("length as a fraction", 0, Headers($"Content-Length: {Body.Length}.0\r\n")),
        new("length of thirty digits", 0, Headers($"Content-Length: {new string('9', 30)}\r\n")),
        new("length of 2^63-1", 7, Headers("Content-Length: 9223372036854775807\r\n")),
        new("length greater than the body", 7, Headers($"Content-Length: {Body.Length + 1}\r\n")),
        new("length less than the body", 6, Headers($"Content-Length: {Body.Length - 1}\r\n")) { MostConnections = 1 },
        new("length 0 before a body", 6, Headers("Content-Length: 0\r\n")) { MostConnections = 1 },
        new("length 1 GB, and a body of that length", 6,
            Forever("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n", new string(' ', 65536))) { MostConnections = 1 },

        new("a response of ten media types", 0, ValidWith(Repeat("Content-Type: application/json\r\n", 10))),
        new("a media type of 60 KB before nonsense", 6,
            Status("200 OK", $"Content-Type: text/{new string('x', 60_000)}\r\n", "nonsense")) { MostConnections = 1 },
        new("a media type that is a command before nonsense", 6, Status("200 OK", "Content-Type: ::error::x\r\n", "nonsense")),
        new("a character set that nobody knows", 0, Status("200 OK", "Content-Type: application/json; charset=klingon\r\n", Body)),
        new("UTF-16 announced, UTF-8 sent", 0, Status("200 OK", "Content-Type: application/json; charset=utf-16\r\n", Body)),
        new("gzip announced, plain text sent", 0, ValidWith("Content-Encoding: gzip\r\n")),
        new("encodings that nobody knows", 0, ValidWith("Content-Encoding: br, zstd, exi, , x\r\n")),
        new("a date that is none", 0, ValidWith("Date: yesterday\r\n")),
        new("another host in Alt-Svc, Refresh, Link and Content-Location", 0,
            ValidWith("Alt-Svc: h2=\"evil.example.com:443\"\r\nRefresh: 0;url=http://evil.example.com\r\nLink: "
            + "<http://evil.example.com>; rel=preload\r\nContent-Location: http://evil.example.com/\r\n")),
    ];

    public static TheoryData<string> Names => [.. Table.Select(attack => attack.Name)];

    [NativeTheory]
    [MemberData(nameof(Names))]
    public Task Run_ends_as_documented(string name) => RunAsync(Table.Single(attack => attack.Name == name));
}
