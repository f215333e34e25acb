using static Ccaas.EndToEnd.Tests.Attacks.Responses;

namespace Ccaas.EndToEnd.Tests.Attacks;

/// <summary>Status lines that are none, statuses without a meaning, and interim responses (RFC 9112 §4, RFC 9110 §15).</summary>
public sealed class StatusLineTests : AttackTests
{
    private static readonly string Rest = $"\r\nContent-Length: {Body.Length}\r\n\r\n{Body}";

    internal static IReadOnlyList<Attack> Table { get; } =
    [
        // What is no status line, the connection has to answer for: exit code 7, as for one that breaks.
        new("nothing but a body, as HTTP/0.9", 7, Says(Body)),
        new("version 0.9", 7, Says($"HTTP/0.9 200 OK{Rest}")),
        new("version 1.0", 0, Says($"HTTP/1.0 200 OK{Rest}")),
        new("version 1.9", 0, Says($"HTTP/1.9 200 OK{Rest}")),
        new("version 2.0", 7, Says($"HTTP/2.0 200 OK{Rest}")),
        new("version 11.1", 7, Says($"HTTP/11.1 200 OK{Rest}")),
        new("version in small letters", 7, Says($"http/1.1 200 OK{Rest}")),
        new("another protocol", 7, Says($"ICY 200 OK{Rest}")),
        new("SSH", 7, Says("SSH-2.0-OpenSSH_9.7\r\n")),
        new("SMTP", 7, Says("220 mail.example.com ESMTP\r\n")),
        new("status missing", 7, Says("HTTP/1.1\r\n\r\n")),
        new("status empty", 7, Says("HTTP/1.1 \r\n\r\n")),
        new("status of letters", 7, Says($"HTTP/1.1 2OO OK{Rest}")),
        new("status of two digits", 7, Says($"HTTP/1.1 20{Rest}")),
        new("status 1000", 7, Says($"HTTP/1.1 1000 OK{Rest}")),
        new("status -200", 7, Says($"HTTP/1.1 -200 OK{Rest}")),
        new("status +20", 7, Says($"HTTP/1.1 +20 OK{Rest}")),
        new("status 000", 6, Status("000 Nothing")),
        new("status 600", 6, Status("600 Unknown")),
        new("status 999", 6, Status("999 Unknown")),
        new("two spaces before the status", 7, Says($"HTTP/1.1  200 OK{Rest}")),
        new("no reason", 0, Says($"HTTP/1.1 200{Rest}")),
        new("lines that end with LF alone", 0, Says($"HTTP/1.1 200 OK\nContent-Length: {Body.Length}\n\n{Body}")),
        new("lines that end with CR alone", 7, Says($"HTTP/1.1 200 OK\rContent-Length: {Body.Length}\r\r{Body}")),
        new("an empty line before the status line", 7, Says($"\r\nHTTP/1.1 200 OK{Rest}")),
        new("a byte order mark before the status line", 7, Says($"\u00EF\u00BB\u00BFHTTP/1.1 200 OK{Rest}")),
        new("NUL bytes without end", 6, Forever("", new string('\0', 8192))),
        new("a reason that is a workflow command", 6, Status("599 ::error::reason%0A::add-mask::x")),
        new("a reason with control characters", 6, Status("599 \u001B[31m\u0008red")),
        new("a reason of 10 KB", 6, Status($"599 {Repeat("reason ", 1500)}")),
        new("a reason without end", 6, Forever("HTTP/1.1 500 ", new string('r', 8192))),

        new("201 with a token", 0, Status("201 Created", "", Body)),
        new("204 without a body", 6, Says("HTTP/1.1 204 No Content\r\n\r\n")) { MostConnections = 1 },
        new("205 without a body", 6, Status("205 Reset Content")) { MostConnections = 1 },
        new("206 with half of a token response", 6,
            Status("206 Partial Content", "Content-Range: bytes 0-49/200\r\n", Body[..50])) { MostConnections = 1 },
        new("101 to another protocol", 6, Says("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")),

        new("100, then the response", 0, Says($"HTTP/1.1 100 Continue\r\n\r\n{Valid}")),
        new("1,000 times 100, then the response", 0, Says(Repeat("HTTP/1.1 100 Continue\r\n\r\n", 1000) + Valid)),
        new("1,000 times 103 with links, then the response", 0,
            Says(Repeat("HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n", 1000) + Valid)),
        new("102 and 199, then the response", 0, Says($"HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 199 Unknown\r\n\r\n{Valid}")),
        new("100 without end", 6, Forever("", Repeat("HTTP/1.1 100 Continue\r\n\r\n", 300))),
        new("103 with a header of 70 KB, then the response", 6, Says($"HTTP/1.1 103 Early Hints\r\nLink: "
            + $"{new string('x', 70_000)}\r\n\r\n{Valid}")),
        new("100 with a body", 7, Says($"HTTP/1.1 100 Continue\r\nContent-Length: 5\r\n\r\nhello{Valid}")),
    ];

    public static TheoryData<string> Names => [.. Table.Select(attack => attack.Name)];

    [NativeTheory]
    [MemberData(nameof(Names))]
    public Task Run_ends_as_documented(string name) => RunAsync(Table.Single(attack => attack.Name == name));
}
