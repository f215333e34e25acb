namespace Ccaas.Testing;

/// <summary>
/// A value of NO_PROXY, a host, and whether curl reaches it directly. The program and the real curl are both held against this
/// table.
/// </summary>
/// <param name="List">NO_PROXY.</param>
/// <param name="Host">As it stands in an address.</param>
/// <param name="IsDirect">False: through the proxy.</param>
public sealed record NoProxyCase(string List, string Host, bool IsDirect)
{
    /// <summary>The first version of curl that decides so. Ranges of IPv4 addresses came with 7.86.</summary>
    public Version Since { get; init; } = new(7, 86);

    /// <summary>The first version of curl that no longer decides so; null: none.</summary>
    public Version? Before { get; init; }

    // Before 8.18 an IPv6 address was compared as text.
    private static readonly Version NumericIPv6 = new(8, 18);

    // Since 8.9 a space ends the list.
    private static readonly Version CommasOnly = new(8, 9);

    public static IReadOnlyList<NoProxyCase> Table { get; } =
    [
        // Domains and hosts.
        new("", "corp.com", false),
        new("corp.com", "corp.com", true),
        new("corp.com", "login.corp.com", true),
        new("corp.com", "a.b.corp.com", true),
        new("corp.com", "notcorp.com", false),
        new("corp.com", "corp.com.example", false),
        new("login.corp.com", "corp.com", false),
        new(".corp.com", "corp.com", true),
        new(".corp.com", "login.corp.com", true),
        new(".corp.com", "notcorp.com", false),
        new("..corp.com", "login.corp.com", false),
        new("corp.com.", "login.corp.com", true),
        new("corp.com", "login.corp.com.", true),
        new("corp.com.", "corp.com.", true),
        new("corp.com..", "corp.com", false),
        new("CORP.com", "login.corp.COM", true),
        new("com", "login.corp.com", true),
        new("localhost", "localhost", true),
        new(".", "corp.com", false),

        // Everything, and what is no pattern.
        new("*", "corp.com", true),
        new("*", "10.0.0.1", true),
        new("*", "[::1]", true),
        new(" * ", "corp.com", false),
        new("*,example.com", "corp.com", false),
        new("*.corp.com", "login.corp.com", false),
        new("https://corp.com", "corp.com", false),

        // Between entries.
        new("example.com,corp.com", "corp.com", true),
        new(" corp.com ", "corp.com", true),
        new("example.com , corp.com", "corp.com", true),
        new("example.com,\tcorp.com", "corp.com", true),
        new(",,example.com,,corp.com", "corp.com", true),
        new("example.com, ,corp.com", "corp.com", true),
        new("example.com;corp.com", "corp.com", false),
        new("example.com corp.com", "example.com", true),
        new("example.com corp.com", "corp.com", true) { Before = CommasOnly },
        new("example.com\tcorp.com", "corp.com", true) { Before = CommasOnly },
        new("10.0.0.0/8 11.0.0.0/8", "11.1.1.1", true) { Before = CommasOnly },

        // Ports are not read.
        new("corp.com", "corp.com:8443", true),
        new("corp.com:443", "corp.com", false),
        new("corp.com:8443", "corp.com:8443", false),
        new("10.0.0.1:443", "10.0.0.1", false),

        // IPv4.
        new("10.0.0.1", "10.0.0.1", true),
        new("10.0.0.1", "10.0.0.2", false),
        new("10.0.0.0/8", "10.1.2.3", true),
        new("10.0.0.0/8", "11.1.2.3", false),
        new("10.1.2.9/13", "10.7.0.1", true),
        new("10.1.2.9/13", "10.8.0.1", false),
        new("10.0.0.1/32", "10.0.0.1", true),
        new("10.0.0.1/32", "10.0.0.2", false),
        new("0.0.0.0/0", "10.0.0.1", false),
        new("10.0.0.0/33", "10.0.0.0", false),
        new("10.0.0.0/-1", "10.0.0.0", false),
        new("10.0.0.0/8x", "10.1.2.3", false) { Since = NumericIPv6 },
        new("10.0.0.0/", "10.0.0.0", false) { Since = NumericIPv6 },
        new("example.com, 10.0.0.0/8 , 192.168.0.0/16", "192.168.7.7", true),
        new("10", "10.0.0.1", false),
        new("10.1", "10.0.0.1", false),
        new("0.1", "10.0.0.1", false),
        new(".0.0.1", "10.0.0.1", false),
        new("010.0.0.1", "10.0.0.1", false),
        new("10.0.0.0/8", "login.corp.com", false),
        new("127.0.0.1", "localhost", false),
        new("localhost", "127.0.0.1", false),

        // IPv6: brackets in an address, none in the list.
        new("::1", "[::1]", true),
        new("[::1]", "[::1]", false),
        new("::1", "[::2]", false),
        new("2001:DB8::A", "[2001:db8::a]", true),
        new("2001:db8::a", "[2001:DB8:0::A]", true),
        new("2001:db8::/32", "[2001:db9::5]", false),
        new("[2001:db8::]/32", "[2001:db8::5]", false),
        new("::1/129", "[::1]", false),
        new("::/0", "[2001:db8::5]", false),
        new("10.0.0.1", "[::ffff:10.0.0.1]", false),
        new("::ffff:10.0.0.1", "10.0.0.1", false),
        new("0:0::1", "[::1]", true) { Since = NumericIPv6 },
        new("::1/128", "[::1]", true) { Since = NumericIPv6 },
        new("2001:db8::/32", "[2001:db8:1::5]", true) { Since = NumericIPv6 },
        new("2001:db8::/31", "[2001:db9::5]", true) { Since = NumericIPv6 },
        new("2001:db8::/31", "[2001:dba::5]", false),
    ];
}
