using static Ccaas.EndToEnd.Tests.Attacks.Responses;

namespace Ccaas.EndToEnd.Tests.Attacks;

/// <summary>Redirects of all kinds: credentials follow none of them.</summary>
public sealed class RedirectTests : AttackTests
{
    public static TheoryData<string> Statuses => ["300", "301", "302", "303", "304", "305", "306", "307", "308", "399"];

    public static TheoryData<string> Locations =>
    [
        "", "/oauth/token", "?x=1", "#x", "//127.0.0.1:{other}/token", "http://localhost:{other}/token",
            "http://user:password@127.0.0.1:{other}/token", "HTTP://127.0.0.1:{other}",
        "http://127.1:{other}/", "http://[::ffff:127.0.0.1]:{other}/", "javascript:alert(1)", "file:///etc/passwd", "data:text/plain,x",
            "http://", "http://a b/", "::error::x", "\u00FF\u00FE",
        "http://127.0.0.1:{other}/\r\nLocation: http://127.0.0.1:{other}/again",
    ];

    [NativeTheory]
    [MemberData(nameof(Statuses))]
    public Task Redirect_to_another_server_is_not_followed(string status) =>
        FollowsNothingAsync(status, "http://127.0.0.1:{other}/oauth/token");

    [NativeTheory]
    [MemberData(nameof(Locations))]
    public Task Redirect_to_whatever_address_is_not_followed(string location) => FollowsNothingAsync("307 Temporary Redirect", location);

    [NativeFact]
    public Task Redirect_to_an_address_of_60_KB_is_not_followed() =>
        FollowsNothingAsync("302 Found", $"http://127.0.0.1:{{other}}/{new string('x', 60_000)}");

    [NativeFact]
    public Task Redirect_that_brings_a_token_along_is_no_success() =>
        FollowsNothingAsync("303 See Other", "http://127.0.0.1:{other}/", Body);

    private static async Task FollowsNothingAsync(string status, string location, string body = "")
    {
        await using var other = new RawServer(Says(Valid));
        var address = location.Replace("{other}", $"{other.Port}", StringComparison.Ordinal);
        // 304 has no body, whatever its length says.
        var response = status == "304" ? $"HTTP/1.1 304\r\nLocation: {address}\r\n\r\n" : Text(status, $"Location: {address}\r\n", body);

        await RunAsync(new Attack(location, 6, Says(response)) { MostConnections = 1 });

        Assert.Equal(0, other.Connections);
    }
}
