using System.Text.Json;
using Ccaas.Testing;
using static Ccaas.EndToEnd.Tests.Attacks.Responses;

namespace Ccaas.EndToEnd.Tests.Attacks;

/// <summary>Tokens that no token may look like (RFC 6750 §2.1), tokens that look like commands, and what comes along with them.</summary>
public sealed class TokenTests : AttackTests
{
    private const int Longest = 65536;

    private static readonly Canary Token = Canary.Token;

    internal static IReadOnlyList<Attack> Table { get; } =
    [
        Refused("empty", ""),
        Refused("one letter", "t"),
        Refused("seven letters", "t0k3n-7"),
        Refused("a line break", "canary-token\nname=value"),
        Refused("CR LF", "canary-token\r\nSet-Cookie: a=b"),
        Refused("a line break at the end", "canary-token\n"),
        Refused("NUL", "canary-token\0"),
        Refused("ESC", "canary-token\u001B[2J"),
        Refused("DEL", "canary-token\u007F"),
        Refused("a space", "canary token"),
        Refused("a tab", "canary\ttoken"),
        Refused("a letter beyond ASCII", "canary-tok\u00E9n"),
        Refused("full width letters", "\uFF43\uFF41\uFF4E\uFF41\uFF52\uFF59-token"),
        Refused("an invisible letter", "canary\u200Btoken"),
        Refused("text from right to left", "canary\u202Etoken"),
        Refused("a line separator", "canary\u2028token"),
        Refused("64 KiB and a byte", new string('t', Longest + 1)),
        Refused("1 MB", new string('t', 1_000_000)),
        Refused("half of a surrogate pair", "canary-token", "\"canary-token\\ud800\""),
        Refused("a number", "12345678", "12345678"),
        Refused("true", "true", "true"),
        Refused("null", "null", "null"),
        Refused("an array", "canary-token", "[\"canary-token\"]"),
        Refused("an object", "canary-token", "{\"value\":\"canary-token\"}"),

        Accepted("eight letters", "t0k3n-8!"),
        Accepted("64 KiB", new string('t', Longest)) with { LongestMasks = 40 * Longest },
        Accepted("a mask command", "::add-mask::canary-token"),
        Accepted("a command that stops commands", "::stop-commands::canary"),
        Accepted("a command of Azure Pipelines", "##vso[task.setvariable]canary"),
        Accepted("an entry of a command file", "name<<CANARY"),
        Accepted("name=value", "PATH=/tmp/canary"),
        Accepted("the end of a heredoc", "ccaas_0123456789abcdef0123456789abcdef"),
        Accepted("escapes of commands", "canary%0A::error::x%0D%25"),
        Accepted("every quote there is", "canary'\"`$(id)\\${x}"),
        Accepted("Markdown", "|![x](//evil.example.com)|"),
        Accepted("HTML", "<script>alert(1)</script>"),
        Accepted("nothing but punctuation", "~~~~~~~~.........++++++////===="),
        Accepted("the client's secret", Canary.ClientSecret.Value),

        Typed("DPoP", 6, "\"DPoP\""),
        Typed("N_A", 6, "\"N_A\""),
        Typed("mac", 6, "\"mac\""),
        Typed("empty", 6, "\"\""),
        Typed("Bearer with a space", 6, "\"Bearer \""),
        Typed("BEARER", 0, "\"BEARER\""),
        Typed("null", 0, "null"),
        Typed("a number", 6, "7"),
        Typed("an array", 6, "[\"Bearer\"]"),
        Typed("a text of 100 KB", 6, $"\"{new string('x', 100_000)}\""),
        Typed("a workflow command", 6, "\"\\n::error::x\\n::add-mask::x\""),
        Typed("a command of Azure Pipelines", 6, "\"##vso[task.complete result=Succeeded]\""),
        Typed("text from right to left", 6, "\"\\u202e\\u200b\\u2066x\""),
        Typed("the token", 6, "\"canary-token\"", "canary-token"),
        Typed("a text that holds the token", 6, "\"x canary-token x\"", "canary-token"),
        Typed("the beginning of the token", 6, $"\"{Token.Value[..40]}\""),

        Beside("a scope that is the token", $"\"scope\":\"{Token.Value}\""),
        Beside("a lifetime that is the token", $"\"expires_in\":\"{Token.Value}\""),
        Beside("a refresh token that is the token", $"\"refresh_token\":\"{Token.Value}\""),
        Beside("a key that is the token", $"\"{Token.Value}\":1"),
        Beside("an id token that is none", "\"id_token\":\"a.b.c\""),
        Beside("a refresh token of one letter", "\"refresh_token\":\"x\""),
        Beside("a refresh token of line breaks", "\"refresh_token\":\"\\n\\r\\n\\n\""),
        Beside("a refresh token that is a command", "\"refresh_token\":\"x\\n::stop-commands::x\\n::add-mask::y\""),
        Beside("a refresh token with half of a pair", "\"refresh_token\":\"\\ud83d\\ude00canary\""),
        Beside("a refresh token of 64 KB", $"\"refresh_token\":\"{new string('r', Longest)}\"") with { LongestMasks = 40 * Longest },
        Beside("a refresh token of 900 KB", $"\"refresh_token\":\"{new string('r', 900_000)}\"", exitCode: 6) with { LongestMasks =
            40 * Longest },
        Beside("10 fields of the name token", Many(10)),
        Beside("100 fields of the name token", Many(100), exitCode: 6),
        Beside("5,000 fields of the name token", Many(5000), exitCode: 6) with { Longest = 5 },
        Beside("an address of the API on another host", "\"instance_url\":\"https://evil.example.com\""),
        Beside("a scope of 500 KB", $"\"scope\":\"{new string('s', 500_000)}\""),
        Beside("a scope of 100,000 words", $"\"scope\":\"{Repeat("s ", 100_000)}\""),
    ];

    public static TheoryData<string> Names => [.. Table.Select(attack => attack.Name)];

    [NativeTheory]
    [MemberData(nameof(Names))]
    public Task Run_ends_as_documented(string name) => RunAsync(Table.Single(attack => attack.Name == name));

    private static string Response(string token, string type = "\"Bearer\"") => $$"""{"access_token":{{token}},"token_type":{{type}},"expires_in":3600}""";

    private static Attack Refused(string name, string token, string? json = null) =>
        new($"token: {name}", 6, Json(Response(json ?? JsonSerializer.Serialize(token)))) { Token = token, MostConnections = 1 };

    private static Attack Accepted(string name, string token) =>
        new($"token: {name}", 0, Json(Response(JsonSerializer.Serialize(token)))) { Token = token };

    private static Attack Typed(string name, int exitCode, string type, string? token = null) =>
        new($"type: {name}", exitCode, Json(Response($"\"{token ?? Token.Value}\"", type)))
        {
            Token = token ?? Token.Value,
            MostConnections = 1
        };

    private static Attack Beside(string name, string fields, int exitCode = 0) =>
        new($"beside it: {name}", exitCode, Json(BodyWith(fields))) { MostConnections = 1 };

    private static string Many(int count) =>
        string.Join(',', Enumerable.Range(0, count).Select(i => $"\"x{i}_token\":\"value-of-token-{i:d6}\""));
}
