using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Polly.Timeout;

namespace Ccaas.Action.Tests.Http;

/// <summary>How long the real handler waits, and when it gives up, in a time that the test lets pass.</summary>
public sealed class ResilienceHandlerTests
{
    [Fact]
    public async Task Waits_double_up_to_their_ceiling()
    {
        var exchange = await Exchange.RunAsync(Enumerable.Repeat(Step.Status(503), 9), timeout: 600, maxAttempts: 9);

        Assert.Equal([0.25, 0.5, 1, 2, 4, 8, 10, 10], exchange.Waits.Select(wait => wait.Wait.TotalSeconds));
        Assert.Equal(9, exchange.Report.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(20)]
    public async Task Tries_end_with_the_number_that_was_given(int maxAttempts)
    {
        var exchange = await Exchange.RunAsync(Enumerable.Repeat(Step.Status(502), 30), timeout: 3600, maxAttempts);

        Assert.Equal(maxAttempts, exchange.Server.Requests);
        Assert.Equal(maxAttempts, exchange.Report.Count);
        Assert.Equal(HttpStatusCode.BadGateway, exchange.Status);
    }

    [Fact]
    public async Task Every_try_is_one_line()
    {
        var exchange = await Exchange.RunAsync(
            [Step.Status(503).After(1.2), Step.Throws(() => new HttpRequestException(HttpRequestError.ConnectionError)), Step.Status(418)]);

        Assert.Equal(
            [
                "Token request, attempt 1 of 5: 503 Service Unavailable after 1.2 s; trying again in 250 ms",
                "Token request, attempt 2 of 5: no connection after 0 s; trying again in 500 ms",
                "Token request, attempt 3 of 5: 418 after 0 s",
            ],
            exchange.Log);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("1", 1)]
    [InlineData("0", 0)]
    public async Task Wait_is_what_the_server_asks_for_in_seconds(string header, double asked) =>
        AssertWaits(await Exchange.RunAsync([Step.RetryAfter(429, header), Step.Status(200)]), asked);

    [Theory]
    [InlineData(0, true)]
    [InlineData(0, false)]
    [InlineData(5, true)]
    [InlineData(-5, true)]
    public async Task Wait_is_what_the_server_asks_for_as_a_date_by_its_own_clock(int hoursAhead, bool tellsItsClock) =>
        AssertWaits(await Exchange.RunAsync([Step.RetryAtDate(503, 7, TimeSpan.FromHours(hoursAhead), tellsItsClock), Step.Status(200)]),
            7);

    [Theory]
    [InlineData("Fri, 02 Jan 2015 03:04:05 GMT")]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    [InlineData("5, 6")]
    [InlineData("")]
    public async Task Wait_is_our_own_when_the_servers_wish_has_passed_or_makes_no_sense(string header)
    {
        var exchange = await Exchange.RunAsync([Step.RetryAfter(503, header), Step.Status(200)]);

        Assert.Equal([0.25], exchange.Waits.Select(wait => wait.Wait.TotalSeconds));
        Assert.Equal(HttpStatusCode.OK, exchange.Status);
    }

    [Fact]
    public async Task Spread_is_left_out_where_only_the_wish_itself_fits()
    {
        var exchange = await Exchange.RunAsync([Step.RetryAfter(503, "9"), Step.Status(200)], timeout: 9.1);

        Assert.Equal([9.0], exchange.Waits.Select(wait => wait.Wait.TotalSeconds));
        Assert.Equal(HttpStatusCode.OK, exchange.Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Wish_that_does_not_fit_fails_at_once_and_is_told(int attempt)
    {
        // In the second case it comes with the last try, after which nothing would be tried anyway.
        var script = Enumerable.Repeat(Step.Status(503), attempt - 1).Append(Step.RetryAfter(429, "10800"));

        var exchange = await Exchange.RunAsync(script, maxAttempts: 2);

        Assert.Equal(HttpStatusCode.TooManyRequests, exchange.Status);
        Assert.True(exchange.Report.RetryAfterTooLong);
        Assert.Equal(attempt, exchange.Server.Requests);
        Assert.True(exchange.Elapsed < TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Wish_that_fits_to_the_last_moment_does_not_fit()
    {
        var exchange = await Exchange.RunAsync([Step.RetryAfter(429, "60"), Step.Status(200)]);

        Assert.True(exchange.Report.RetryAfterTooLong);
        Assert.Equal(TimeSpan.Zero, exchange.Elapsed);
    }

    [Theory]
    [InlineData(60, 5, 20)]
    [InlineData(30, 5, 10)]
    [InlineData(6, 5, 2)]
    [InlineData(1.5, 5, 1)]
    [InlineData(3600, 5, 20)]
    public async Task Try_that_hangs_is_given_up_after_a_third_of_the_time_and_tried_again(double timeout, int maxAttempts, double seconds)
    {
        var exchange = await Exchange.RunAsync([Step.Hang, Step.Status(200)], timeout, maxAttempts);

        Assert.Equal(HttpStatusCode.OK, exchange.Status);
        Assert.Equal(TimeSpan.FromSeconds(seconds), exchange.Server.Lasted[0]);
        Assert.Contains("attempt 1 of 5: timed out after", exchange.Log[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Response_just_within_the_limit_of_its_attempt_counts()
    {
        var exchange = await Exchange.RunAsync([Step.Status(200).After(19.9)]);

        Assert.Equal(HttpStatusCode.OK, exchange.Status);
        Assert.Equal(1, exchange.Server.Requests);
    }

    [Fact]
    public async Task Only_try_there_is_gets_all_the_time()
    {
        var exchange = await Exchange.RunAsync([Step.Hang], maxAttempts: 1);

        Assert.IsAssignableFrom<Exception>(exchange.Exception);
        Assert.Equal(TimeSpan.FromSeconds(60), exchange.Elapsed);
        Assert.Equal(HttpStatusCode.OK, (await Exchange.RunAsync([Step.Status(200).After(59)], maxAttempts: 1)).Status);
    }

    [Fact]
    public async Task Last_of_several_tries_that_hang_says_that_it_timed_out()
    {
        var exchange = await Exchange.RunAsync([Step.Hang, Step.Hang], maxAttempts: 2);

        Assert.IsType<TimeoutRejectedException>(exchange.Exception);
        Assert.Equal(TimeSpan.FromSeconds(40.25), exchange.Elapsed);
    }

    [Fact]
    public async Task Everything_ends_with_the_time_for_everything()
    {
        var exchange = await Exchange.RunAsync(Enumerable.Repeat(Step.Hang, 20), maxAttempts: 20);

        Assert.IsAssignableFrom<OperationCanceledException>(exchange.Exception);
        Assert.Equal(TimeSpan.FromSeconds(60), exchange.Elapsed);
        Assert.Equal(3, exchange.Server.Requests);
        Assert.Contains("given up after", exchange.Log[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Canceled_job_sends_nothing_more()
    {
        using var cancelled = new CancellationTokenSource();
        var script = new[] { Step.Throws(
            () => { cancelled.Cancel(); return new HttpRequestException(HttpRequestError.ConnectionError); }), Step.Status(200) };

        var exchange = await Exchange.RunAsync(script, cancellation: cancelled.Token);

        Assert.Equal(1, exchange.Server.Requests);
        Assert.Empty(exchange.Waits);
        Assert.NotNull(exchange.Exception);
    }

    /// <summary>
    /// Whatever a server does: no wait outlasts the time left, no try its limit, no run the timeout, and no answer that is final
    /// is asked for again.
    /// </summary>
    [Fact]
    public void Limits_hold_whatever_the_server_does() => Property.Holds(
        from timeout in Gen.Frequency((3, Gen.Choose(1, 90)), (1, Gen.Choose(90, 3600)))
        from maxAttempts in Gen.Choose(1, 20)
        from jitter in Jitter
        from script in Gen.ListOf(Steps, 20)
        select (timeout, maxAttempts, jitter, script),
        run =>
        {
            var exchange = Exchange.RunAsync(run.script, run.timeout, run.maxAttempts, run.jitter).GetAwaiter().GetResult();
            var limits = Some.Request(run.timeout, run.maxAttempts).Http.Limits;

            Assert.InRange(exchange.Server.Requests, 1, run.maxAttempts);
            Assert.All(run.script.Take(exchange.Server.Requests - 1), step => Assert.False(step.IsFinal));
            Assert.InRange(exchange.Elapsed, TimeSpan.Zero, limits.Timeout);
            Assert.All(exchange.Server.Lasted, lasted => Assert.InRange(lasted, TimeSpan.Zero, limits.AttemptTimeout));
            Assert.All(exchange.Waits, wait => Assert.True(wait.Wait >= TimeSpan.Zero && wait.Wait < wait.Left, $"{wait}"));
            Assert.Equal(exchange.Server.Requests, exchange.Log.Count);
            Assert.True(exchange.Status is not null
                || exchange.Exception is HttpRequestException or OperationCanceledException or TimeoutRejectedException,
                $"{exchange.Exception}");
            // Whoever waited was told so; whoever was told to go on did.
            Assert.Equal(exchange.Server.Requests - 1,
                exchange.Log.Count(line => line.Contains("trying again in", StringComparison.Ordinal)));
        });

    // Whole milliseconds at every ceiling, because timers know no less.
    private static Gen<double> Jitter { get; } = Gen.Choose(0, 499).Select(part => part / 500.0);

    private static Gen<Step> Steps { get; } = Gen.Frequency(
        (6, from status in Gen.Elements(408, 429, 500, 502, 503, 504)
            from tenths in Gen.Choose(0, 300)
            select Step.Status(status)
            .After(tenths / 10.0)),
        (2, from tenths in Gen.Choose(0, 300) select Step.RateLimited400.After(tenths / 10.0)),
        (4, from seconds in Gen.Frequency((3, Gen.Choose(0, 30)), (1, Gen.Choose(0, 100_000))) select Step.RetryAfter(429, $"{seconds}")),
        (4, from seconds in Gen.Choose(-100, 100)
            from hours in Gen.Choose(-5, 5)
            select Step.RetryAtDate(503, seconds,
            TimeSpan.FromHours(hours))),
        (3, from tenths in Gen.Choose(0, 300)
            select Step.Throws(() => new HttpRequestException(HttpRequestError.ConnectionError))
            .After(tenths / 10.0)),
        (3, Gen.Constant(Step.Hang)),
        (1, Gen.Elements(Step.Status(200) with { IsFinal = true }, Step.Status(401) with { IsFinal = true }, Step.Status(200).After(25))));

    private static void AssertWaits(Exchange exchange, double asked)
    {
        // Half of half a second on top, so that all who were told the same do not come back together; nothing on top of nothing asked.
        Assert.Equal([asked > 0 ? asked + 0.25 : 0.25], exchange.Waits.Select(wait => wait.Wait.TotalSeconds));
        Assert.Equal(HttpStatusCode.OK, exchange.Status);
        Assert.False(exchange.Report.RetryAfterTooLong);
    }
}
