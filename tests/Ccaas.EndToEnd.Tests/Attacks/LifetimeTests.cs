using static Ccaas.EndToEnd.Tests.Attacks.Responses;

namespace Ccaas.EndToEnd.Tests.Attacks;

/// <summary><c>expires_in</c> as servers and attackers write it: a token whose lifetime is not understood is a token.</summary>
public sealed class LifetimeTests : AttackTests
{
    public static TheoryData<string> Understood =>
    [
        "3600", "3600.5", "3.6e3", "360000e-2", "\"3600\"", "\" 3600 \"", "\"3600.5\"", "\"+3600\"", "3199999999", "1",
        // Digits that the framework's reader takes for what they seem.
        "\"3600\\u0000\"", "0.5e-10",
    ];

    public static TheoryData<string> NotUnderstood =>
    [
        "0", "-1", "-0", "1e400", "-1e400", "1e308", "1e-400", "3200000000", "9223372036854775808", "253402300800",
        "null", "true", "false", "[]", "[3600]", "{}", "{\"$numberLong\":\"3600\"}",
        "\"\"", "\" \"", "\"soon\"", "\"NaN\"", "\"Infinity\"", "\"-Infinity\"", "\"1e400\"", "\"0x10\"", "\"3,600\"", "\"3600 s\"",
            "\"PT1H\"",
        "\"\\u0663\\u0666\\u0660\\u0660\"", "\"\\n::error::x\"", "\"2026-12-01T00:00:00Z\"",
    ];

    public static TheoryData<string> NoJson =>
        ["+3600", "03600", "0x10", ".5", "3600.", "1e", "NaN", "Infinity", "undefined", "True", "3_600", "'3600'", "\"\\ud800\"", ""];

    [NativeTheory]
    [MemberData(nameof(Understood))]
    public Task Lifetime_that_is_understood_is_published(string expiresIn) => RunAsync(Row(expiresIn, 0), run =>
    {
        Assert.Matches("^[0-9]+$", run.Outputs["expires-in"]);
        Assert.Matches("^2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$", run.Outputs["expires-at"]);
    });

    [NativeTheory]
    [MemberData(nameof(NotUnderstood))]
    public Task Lifetime_that_is_not_understood_stays_empty(string expiresIn) => RunAsync(Row(expiresIn, 0), run =>
    {
        Assert.Equal("", run.Outputs["expires-in"]);
        Assert.Equal("", run.Outputs["expires-at"]);
    });

    [NativeTheory]
    [MemberData(nameof(NoJson))]
    public Task Lifetime_that_is_no_json_fails_the_step(string expiresIn) => RunAsync(Row(expiresIn, 6));

    [NativeFact]
    public async Task Digits_without_end_do_no_harm()
    {
        await RunAsync(Row(new string('9', 500_000), 0));
        await RunAsync(Row($"\"{new string('9', 500_000)}\"", 0));
        await RunAsync(Row($"1e{new string('9', 500_000)}", 0));
        await RunAsync(Row($"0.{new string('0', 500_000)}1", 0));
    }

    private static Attack Row(string expiresIn, int exitCode) =>
        new(expiresIn, exitCode, Json(Body.Replace("3600", expiresIn, StringComparison.Ordinal))) { MostConnections = 1 };
}
