using FsCheck.Fluent;

namespace Ccaas.Action.Tests.Core;

/// <summary>Lengths of time as people write and read them.</summary>
public sealed class DurationsTests
{
    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("30s", 30)]
    [InlineData("30 s", 30)]
    [InlineData("30S", 30)]
    [InlineData("45", 45)]
    [InlineData("1.5m", 90)]
    [InlineData("5M", 300)]
    [InlineData("2h", 7200)]
    [InlineData("0", 0)]
    [InlineData("0s", 0)]
    [InlineData("1000000000", 1e9)]
    public void Text_is_a_length_of_time(string text, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Durations.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("s")]
    [InlineData("ms")]
    [InlineData("soon")]
    [InlineData("-5s")]
    [InlineData("+5s")]
    [InlineData("5x")]
    [InlineData("5d")]
    [InlineData("5sm")]
    [InlineData("5mm")]
    [InlineData("1h30m")]
    [InlineData("1,5s")]
    [InlineData("1e3")]
    [InlineData("0x10")]
    [InlineData("5s\n6s")]
    [InlineData("٣s")]
    [InlineData("99999999999")]
    public void Other_text_is_none(string text) => Assert.Null(Durations.Parse(text));

    /// <summary>Words and sizes that the number's type knows and a length of time does not.</summary>
    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("infinitys")]
    [InlineData("1000000000h")]
    [InlineData("999999999h")]
    public void Number_without_bounds_is_none(string text) => Assert.Null(Durations.Parse(text));

    [Fact]
    public void Nothing_that_is_typed_throws() => Property.Holds(
        from number in Gen.Elements("", "0", "1", "999999999", "1000000000", "1e9", "NaN", "Infinity", "-Infinity", "-", "0.0000001", "٣",
            "1.")
        from between in Gen.Elements("", " ", "\t")
        from unit in Gen.OneOf(Gen.Elements("", "ms", "s", "m", "h", "H", "d", "hm"), HostileText.Any)
        select $"{number}{between}{unit}",
        text => Assert.True(Durations.Parse(text) is not { } span || span >= TimeSpan.Zero));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(-5, "0 s")]
    [InlineData(0.0121, "12 ms")]
    [InlineData(0.9994, "999 ms")]
    [InlineData(0.9996, "1 s")]
    [InlineData(1.44, "1.4 s")]
    [InlineData(9.94, "9.9 s")]
    [InlineData(9.96, "10 s")]
    [InlineData(58.2, "58 s")]
    [InlineData(59.7, "1 min")]
    [InlineData(570, "9 min 30 s")]
    [InlineData(3599.6, "1 h")]
    [InlineData(7260, "2 h 1 min")]
    [InlineData(86399.7, "24 h")]
    [InlineData(86400, "24 h")]
    [InlineData(86401, "1 d")]
    [InlineData(183600, "2 d 3 h")]
    public void Length_of_time_is_told_in_two_units_at_most(double seconds, string text) =>
        Assert.Equal(text, Durations.Describe(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Every_length_of_time_can_be_told() => Property.Holds(
        from scale in Gen.Choose(0, 62)
        from part in Gen.Choose(-1000,
            1000)
        select TimeSpan.FromTicks((long)((1L << scale) * (part / 1000.0))),
        span => Assert.Matches(@"^\d+(\.\d)? (ms|s|min|h|d)( \d+ (s|min|h))?$", Durations.Describe(span)));

    [Fact]
    public void Extremes_can_be_told()
    {
        Assert.Equal("0 s", Durations.Describe(TimeSpan.MinValue));
        Assert.Equal("10675199 d 2 h", Durations.Describe(TimeSpan.MaxValue));
    }

    [Theory]
    [InlineData(86_399, 86_400, "23 h 59 min", "24 h")]
    [InlineData(86_399.7, 86_400, "86399.7 s", "86400 s")]
    [InlineData(3_601, 3_659, "3601 s", "3659 s")]
    [InlineData(90_000, 93_599, "90000 s", "93599 s")]
    public void Two_that_differ_read_differently(double one, double other, string words, string otherWords) =>
        Assert.Equal((words, otherWords), Durations.DescribeApart(TimeSpan.FromSeconds(one), TimeSpan.FromSeconds(other)));

    [Fact]
    public void Moment_beyond_the_calendar_is_its_end()
    {
        var last = new DateTimeOffset(9999, 12, 31, 23, 59, 30, TimeSpan.Zero);

        Assert.Equal(last.AddSeconds(29), Durations.After(last, TimeSpan.FromSeconds(29)));
        Assert.Equal(DateTimeOffset.MaxValue, Durations.After(last, TimeSpan.FromSeconds(30)));
        Assert.Equal(DateTimeOffset.MaxValue, Durations.After(last, TimeSpan.MaxValue));
    }
}
