using System.Globalization;
using FsCheck.Fluent;

namespace Ccaas.Action.Tests.Http;

/// <summary>The server's wish how long to wait.</summary>
public sealed class RetryAfterTests
{
    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData("0", 0)]
    [InlineData("120", 120)]
    [InlineData(" 120 ", 120)]
    [InlineData("2147483647", int.MaxValue)]
    [InlineData("Fri, 02 Jan 2026 03:05:05 GMT", 60)]
    [InlineData("Friday, 02-Jan-26 03:05:05 GMT", 60)]
    [InlineData("Fri Jan  2 03:05:05 2026", 60)]
    [InlineData("Fri, 02 Jan 2026 03:04:05 GMT", 0)]
    [InlineData("Fri, 02 Jan 2015 03:04:05 GMT", 0)]
    public void Wish_is_read_in_every_form_of_the_standard(string header, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Read(header));

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("1s")]
    [InlineData("99999999999")]
    [InlineData("2026-01-02T03:05:05Z")]
    public void Other_text_is_no_wish(string header) => Assert.Null(Read(header));

    [Fact]
    public void No_header_is_no_wish()
    {
        using var response = new HttpResponseMessage();

        Assert.Null(RetryAfter.Read(response, _time));
    }

    /// <summary>A machine whose clock is wrong by days still waits as long as it was asked to.</summary>
    [Fact]
    public void Date_counts_from_the_servers_own_clock_where_it_tells_it() => Property.Holds(
        from off in Gen.Choose(-100_000, 100_000) from wait in Gen.Choose(-1000, 100_000) select (off, wait),
        sample =>
        {
            var servers = _time.GetUtcNow().AddSeconds(sample.off);

            Assert.Equal(TimeSpan.FromSeconds(Math.Max(0, sample.wait)),
                Read(servers.AddSeconds(sample.wait).ToString("r", CultureInfo.InvariantCulture), servers));
        });

    private TimeSpan? Read(string header, DateTimeOffset? date = null)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Retry-After", header);
        response.Headers.Date = date;
        return RetryAfter.Read(response, _time);
    }
}
