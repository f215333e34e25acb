using Ccaas.Testing;
using static Ccaas.EndToEnd.Tests.Attacks.Responses;

namespace Ccaas.EndToEnd.Tests.Attacks;

/// <summary>The other servers of a run: the vendor's API, asked whose the token is, and an issuer's metadata.</summary>
public sealed class LookupTests : AttackTests
{
    private const string Issuer = "http://127.0.0.1:{port}";
    private static readonly string Id = Canary.OrganizationId;

    internal static IReadOnlyList<Attack> Table { get; } =
    [
        Api("right", 0, Json($$"""{"id":"{{Id}}","name":"Example"}""")),
        Api("nothing", 6, Json("")),
        Api("an array", 6, Json("[]")),
        Api("no id", 6, Json("""{"name":"Example"}""")),
        Api("an id that is a number", 6, Json("""{"id":7,"name":"Example"}""")),
        Api("an id of 100 KB", 0, Json($$"""{"id":"{{new string('i', 100_000)}}","name":"Example"}""")),
        Api("an id that is a command", 0, Json("""{"id":"x\n::error::x","name":"Example"}""")),
        Api("no name", 0, Json($$"""{"id":"{{Id}}"}""")),
        Api("a name of 100 KB", 0, Named(new string('n', 100_000))),
        Api("a name of workflow commands", 0, Named("\\n::error::x\\n::stop-commands::x\\r::add-mask::a")),
        Api("a name of commands of Azure Pipelines", 0, Named("##vso[task.complete result=Failed]")),
        Api("a name of entries of command files", 0, Named("x\\nccaas_0123456789abcdef0123456789abcdef\\nPATH=/tmp")),
        Api("a name of Markdown", 0, Named("|x|</td><script>alert(1)</script>`x` @octocat")),
        Api("a name from right to left", 0, Named("\u202E\u200B\u2066x")),
        Api("a name that is the token", 0, Named(Canary.Token.Value)),
        Api("a name that is the secret", 0, Named(Canary.ClientSecret.Value)),
        Api("half of a surrogate pair as a name", 0, Named("\\ud800")),
        Api("half of a surrogate pair as a key", 6, Json($$"""{"id":"{{Id}}","name":"Example","\ud800":"x"}""")),
        Api("a body of 2 MB", 6, Json(new string(' ', 2_000_000))),
        Api("401", 3, Status("401 Unauthorized")),
        Api("403", 4, Status("403 Forbidden")),
        Api("404", 6, Status("404 Not Found")),
        Api("429", 5, Status("429 Too Many Requests", "Retry-After: 3600\r\n")),
        Api("a redirect", 6, Status("302 Found", "Location: /elsewhere\r\n")),
        Api("another protocol", 7, Says("SSH-2.0-x\r\n")),
        Api("silence", 7, wire => wire.HangAsync()) with { Longest = 4 },
        Api("a correlation id that is a command", 4, Status("403 Forbidden", "ININ-Correlation-Id: ::error::x##vso[task.complete]\r\n")),
        Api("a correlation id of 60 KB", 4, Status("403 Forbidden", $"ININ-Correlation-Id: {new string('c', 60_000)}\r\n")),

        Metadata("right", 0, $"\"issuer\":\"{Issuer}\",\"token_endpoint\":\"{Issuer}/oauth/token\""),
        Metadata("no JSON", 6, "nonsense"),
        Metadata("no issuer", 6, $"\"token_endpoint\":\"{Issuer}/oauth/token\""),
        Metadata("another issuer", 6, $"\"issuer\":\"https://evil.example.com\",\"token_endpoint\":\"{Issuer}/oauth/token\""),
        Metadata("a slash too many", 6, $"\"issuer\":\"{Issuer}/\",\"token_endpoint\":\"{Issuer}/oauth/token\""),
        Metadata("no endpoint", 6, $"\"issuer\":\"{Issuer}\""),
        Metadata("an endpoint that is a number", 6, $"\"issuer\":\"{Issuer}\",\"token_endpoint\":7"),
        Metadata("an endpoint that is relative", 6, $"\"issuer\":\"{Issuer}\",\"token_endpoint\":\"/oauth/token\""),
        Metadata("an endpoint on plain http elsewhere", 6,
            $"\"issuer\":\"{Issuer}\",\"token_endpoint\":\"http://login.example.com/token\""),
        Metadata("an endpoint with a password", 6,
            $"\"issuer\":\"{Issuer}\",\"token_endpoint\":\"https://user:password@login.example.com/token\""),
        Metadata("an endpoint that is a script", 6, $"\"issuer\":\"{Issuer}\",\"token_endpoint\":\"javascript:alert(1)\""),
        Metadata("an endpoint that is a file", 6, $"\"issuer\":\"{Issuer}\",\"token_endpoint\":\"file:///etc/passwd\""),
        Metadata("an endpoint with invisible letters", 6,
            $"\"issuer\":\"{Issuer}\",\"token_endpoint\":\"http://127.0.0.1:1/\u202E\u200Btoken\""),
        Metadata("a host with invisible letters", 6,
            $"\"issuer\":\"{Issuer}\",\"token_endpoint\":\"https://lo\u00ADgin\u202E\u200B.invalid/token\""),
        Metadata("an issuer of 100 KB", 6, $"\"issuer\":\"{new string('i', 100_000)}\""),
        Metadata("an issuer of commands", 6, "\"issuer\":\"\\n::error::x\\n##vso[task.complete]\""),
        Metadata("half of a surrogate pair as a key", 0,
            $"\"\\ud800\":\"x\",\"issuer\":\"{Issuer}\",\"token_endpoint\":\"{Issuer}/oauth/token\""),
    ];

    public static TheoryData<string> Names => [.. Table.Select(attack => attack.Name)];

    [NativeTheory]
    [MemberData(nameof(Names))]
    public Task Run_ends_as_documented(string name) => RunAsync(Table.Single(attack => attack.Name == name));

    /// <summary>A right token, and this answer of the vendor's API.</summary>
    private static Attack Api(string name, int exitCode, Behavior response) =>
        new($"API: {name}", exitCode, By("POST", Says(Valid), response))
        {
            MostConnections = 4,
            Inputs = Given(("verify", "true"), ("api-url", "http://127.0.0.1:{port}"), ("timeout", "2s")),
        };

    private static Behavior Named(string name) => Json($$"""{"id":"{{Id}}","name":"{{name}}"}""");

    /// <summary>This metadata, and a right token.</summary>
    private static Attack Metadata(string name, int exitCode, string fields) =>
        new($"metadata: {name}", exitCode, By("POST", Says(Valid), Describes(fields)))
        {
            MostConnections = 4,
            Inputs = Given(("provider", "oauth2"), ("issuer", Issuer), ("token-url", ""), ("api-url", ""), ("timeout", "2s")),
        };

    private static Behavior Describes(string fields) => wire =>
        Json($"{{{fields.Replace("{port}", $"{wire.Port}", StringComparison.Ordinal)}}}")(wire);

    private static Behavior By(string method, Behavior first, Behavior second) => async wire =>
    {
        var request = await wire.PeekRequestAsync();
        await (request.StartsWith(method, StringComparison.Ordinal) ? first : second)(wire);
    };
}
