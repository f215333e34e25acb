using static Ccaas.EndToEnd.Tests.Attacks.Responses;

namespace Ccaas.EndToEnd.Tests.Attacks;

/// <summary>
/// <c>Retry-After</c> (RFC 9110 §10.2.3) as servers and attackers write it: what cannot be read is not there, and no wait is
/// longer than the time left.
/// </summary>
public sealed class RetryAfterTests : AttackTests
{
    public static TheoryData<string> Wishes =>
    [
        "", " ", "0", "1", "-1", "-2147483649", "+1", "1.5", "1e9", "0x1", "1 second", "soon", "NaN", "\u00FF", "1, 1",
            "1\r\nRetry-After: 2", "1\r\n 2",
        "3600", "1000000000", "2147483647", "2147483648", "4294967296", "9223372036854775807", "99999999999999999999999999999999",
        "Mon, 01 Jan 0001 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "Fri, 31 Dec 99999 23:59:59 GMT",
        "Wed, 32 Jan 2031 00:00:00 GMT", "Sun, 06 Nov 1994 08:49:37 +9999", "Sunday, 06-Nov-94 08:49:37 GMT", "2031-01-01T00:00:00Z",
            "::error::x",
        "Fri, 31 Dec 9999 23:59:59 GMT\r\nDate: Mon, 01 Jan 0001 00:00:00 GMT",
            "Mon, 01 Jan 0001 00:00:00 GMT\r\nDate: Fri, 31 Dec 9999 23:59:59 GMT",
    ];

    [NativeTheory]
    [MemberData(nameof(Wishes))]
    public Task Rate_limit_ends_with_its_exit_code(string wish) =>
        RunAsync(new Attack(wish, 5, Status("429 Too Many Requests", $"Retry-After: {wish}\r\n")));

    [NativeTheory]
    [MemberData(nameof(Wishes))]
    public Task Refusal_is_not_asked_again(string wish) =>
        RunAsync(new Attack(wish, 3, Status("401 Unauthorized", $"Retry-After: {wish}\r\n")) { MostConnections = 1 });

    [NativeFact]
    public Task Header_of_60_KB_does_no_harm() =>
        RunAsync(new Attack("", 5, Status("429 Too Many Requests", $"Retry-After: {new string('9', 60_000)}\r\n")));

    [NativeFact]
    public Task Wish_beside_a_token_does_no_harm() => RunAsync(new Attack("", 0, ValidWith("Retry-After: 3600\r\n")));
}
