using Ccaas.Testing;
using static Ccaas.EndToEnd.Tests.Attacks.Responses;

namespace Ccaas.EndToEnd.Tests.Attacks;

/// <summary>Refusals: their statuses, challenges, and texts that want to be more than texts.</summary>
public sealed class RefusalTests : AttackTests
{
    private static readonly string Secret = Canary.ClientSecret.Value;

    internal static IReadOnlyList<Attack> Table { get; } =
    [
        Once("400 without a word", 3, Status("400 Bad Request")),
        Once("401 without a word", 3, Status("401 Unauthorized")),
        Once("401 with a challenge of NTLM", 3, Challenge("NTLM")),
        Once("401 with a challenge of NTLM and its second message", 3,
            Challenge("NTLM TlRMTVNTUAACAAAAAAAAADgAAADzgpjiAAAAAAAAAAAAAAAAAAAAAAAAAAA=")),
        Once("401 with a challenge of Negotiate", 3, Challenge("Negotiate")),
        Once("401 with a challenge of Digest", 3, Challenge("Digest realm=\"x\", qop=\"auth\", nonce=\"x\"")),
        Once("401 with a challenge of Basic for another realm", 3, Challenge("Basic realm=\"::error::x\"")),
        Once("401 with 100 challenges", 3, Status("401 Unauthorized", Repeat("WWW-Authenticate: Negotiate\r\nWWW-Authenticate: Basic "
            + "realm=\"x\"\r\n", 50))),
        Once("401 with a token in it", 3, Status("401 Unauthorized", "Content-Type: application/json\r\n", Body)),
        Once("402", 6, Status("402 Payment Required")),
        Once("403 with a page", 4, Status("403 Forbidden", "Content-Type: text/html\r\n", "<h1>Blocked</h1>")),
        Once("404", 6, Status("404 Not Found")),
        Once("405", 6, Status("405 Method Not Allowed", "Allow: GET\r\n")),
        Once("407 with a challenge of Basic", 6, Status("407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"x\"\r\n")),
        Once("407 with a challenge of NTLM", 6, Status("407 Proxy Authentication Required", "Proxy-Authenticate: NTLM\r\n")),
        new("408", 6, Status("408 Request Timeout")),
        Once("417", 6, Status("417 Expectation Failed")),
        Once("418", 6, Status("418 I'm a teapot")),
        Once("421", 6, Status("421 Misdirected Request")),
        Once("425", 6, Status("425 Too Early")),
        Once("426 to another protocol", 6, Status("426 Upgrade Required", "Upgrade: h2c\r\nConnection: Upgrade\r\n")),
        Once("431", 6, Status("431 Request Header Fields Too Large")),
        Once("451", 6, Status("451 Unavailable For Legal Reasons")),
        new("500", 6, Status("500 Internal Server Error")),
        Once("501", 6, Status("501 Not Implemented")),
        new("502 with a page of 2 MB", 6, Status("502 Bad Gateway", "Content-Type: text/html\r\n", new string('x', 2_000_000))),
        new("503 with a body without end", 6, Forever("HTTP/1.1 503 Service Unavailable\r\n\r\n", new string('x', 65536))),
        new("504", 6, Status("504 Gateway Timeout")),
        Once("505", 6, Status("505 HTTP Version Not Supported")),
        Once("511 of a captive portal", 6,
            Status("511 Network Authentication Required", "Content-Type: text/html\r\n",
            "<meta http-equiv=refresh content=0;url=http://evil.example.com>")),

        Once("error: invalid_client", 3, Error("400 Bad Request", "invalid_client")),
        Once("error: unauthorized_client", 4, Error("400 Bad Request", "unauthorized_client")),
        Once("error: access_denied", 4, Error("400 Bad Request", "access_denied")),
        new("error: slow down, by another status", 5, Error("400 Bad Request", "invalid_request", "rate limit exceeded, try later")),
        Once("error: a code of 500 KB", 3, Error("400 Bad Request", new string('e', 500_000))),
        Once("error: a description of 500 KB", 3, Error("400 Bad Request", "invalid_request", new string('d', 500_000))),
        Once("error: a description of 100,000 lines", 3, Error("400 Bad Request", "invalid_request", Repeat("line\\n", 100_000))),
        Once("error: an array", 3, Refused("""{"error":["invalid_client"]}""")),
        Once("error: a number", 3, Refused("""{"error":7,"error_description":true}""")),
        Once("error: an object within an object", 3, Refused("""{"error":{"error":{"error":"invalid_client"}}}""")),
        Once("error: half of a surrogate pair", 3, Refused("""{"error":"\ud800","error_description":"\udc00"}""")),
        Once("error: half of a surrogate pair as a key", 3, Refused("""{"\ud800":"x","error":"invalid_request"}""")),
        Once("error: no JSON", 3, Refused("error=invalid_client")),
        Once("error: 100,000 arrays within each other", 3, Refused(new string('[', 100_000))),
        Once("error: a workflow command", 3, Error("400 Bad Request", "::error::x", "\\n::add-mask::a\\r::stop-commands::x\\n##[group]x")),
        Once("error: a command of Azure Pipelines", 3,
            Error("400 Bad Request", "##vso[task.complete result=Succeeded]", "##vso[task.setvariable variable=PATH]/tmp")),
        Once("error: a command in pieces", 3, Error("400 Bad Request", "x", "#\u200B#v\u200Bso[task.complete]x\\n:\u200B:error::x")),
        Once("error: colors and the terminal's title", 3,
            Error("400 Bad Request", "x", "\\u001b[2J\\u001b]0;title\\u0007\\u009b31m\\b\\b")),
        Once("error: text from right to left", 3, Error("400 Bad Request", "x", "\u202E\u2066\u200F\u061C reversed")),
        Once("error: 10,000 marks on one letter", 3, Error("400 Bad Request", "x", $"Z{Repeat("\u0301", 10_000)}")),
        Once("error: Markdown and HTML", 3, Error("400 Bad Request", "x", "<script>alert(1)</script> ![x](x) | `x` @octocat #1")),
        Once("error: the secret in clear", 3, Error("400 Bad Request", "x", $"wrong secret {Secret}")),
        Once("error: the secret in halves", 3, Error("400 Bad Request", "x", $"{Secret}{Secret[..10]}")),
        Once("error: the secret in base64", 3,
            Error("400 Bad Request", "x", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Secret)))),
        Once("error: the secret percent-encoded", 3, Error("400 Bad Request", "x", Uri.EscapeDataString(Secret))),
        Once("error: the secret letter by letter in JSON", 3,
            Error("400 Bad Request", "x", string.Concat(Secret.Select(letter => $"\\u{(int)letter:x4}")))),
        Once("error: the request's own header", 3, EchoAsync),
        Once("error: a token that is also in the body", 3, Refused($$"""{"error":"x","error_description":"{{Canary.Token.Value}}",{{Body[1..]}}""")),
        Once("error: an address", 3, Error("400 Bad Request", "x", "see https://evil.example.com/login?x=1 and www.evil.example.com")),
    ];

    public static TheoryData<string> Names => [.. Table.Select(attack => attack.Name)];

    [NativeTheory]
    [MemberData(nameof(Names))]
    public Task Run_ends_as_documented(string name) => RunAsync(
        Table.Single(attack => attack.Name == name),
        // No address of a vendor's becomes a link that people click.
        run => Assert.DoesNotMatch(@"(?i)(https?://|www\.)evil", run.File("GITHUB_STEP_SUMMARY")));

    /// <summary>Statuses and errors that do not get better by asking again.</summary>
    private static Attack Once(string name, int exitCode, Behavior server) => new(name, exitCode, server) { MostConnections = 1 };

    private static Behavior Challenge(string challenge) => Status("401 Unauthorized", $"WWW-Authenticate: {challenge}\r\nConnection: "
        + "keep-alive\r\n");

    private static Behavior Refused(string body) => Status("400 Bad Request", "Content-Type: application/json\r\n", body);

    private static async Task EchoAsync(Wire wire)
    {
        await wire.ReadRequestAsync();
        var header = wire.LastRequest.Split("\r\n").Single(line => line.StartsWith("Authorization:", StringComparison.Ordinal));
        await wire.SendAsync(Text("400 Bad Request", "Content-Type: application/json\r\n", $$"""{"error":"invalid_request","error_description":"cannot read {{header}}"}"""));
    }
}
