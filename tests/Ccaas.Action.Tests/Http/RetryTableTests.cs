using System.Net;
using System.Security.Authentication;

namespace Ccaas.Action.Tests.Http;

/// <summary>What is tried again, case by case: each first try ends as the case says, and the second would succeed.</summary>
public sealed class RetryTableTests
{
    private static readonly int[] TriedAgain = [408, 429, 500, 502, 503, 504];

    public static TheoryData<string> ExceptionsTriedAgain => [.. Exceptions(again: true)];

    public static TheoryData<string> ExceptionsNotTriedAgain => [.. Exceptions(again: false)];

    // Name, whether it may get better by itself, and what breaks.
    private static (string Name, bool Again, Func<Exception> Make)[] Broken { get; } =
    [
        ("connection refused", true, () => new HttpRequestException(HttpRequestError.ConnectionError)),
        ("name not resolved", true, () => new HttpRequestException(HttpRequestError.NameResolutionError)),
        ("handshake broken off", true, () => new HttpRequestException(HttpRequestError.SecureConnectionError, inner: new IOException())),
        ("answer ended early", true, () => new HttpRequestException(HttpRequestError.ResponseEnded)),
        ("answer is not HTTP", true, () => new HttpRequestException(HttpRequestError.InvalidResponse)),
        ("body ended early", true, () => new HttpIOException(HttpRequestError.ResponseEnded)),
        ("connection reset", true, () => new HttpRequestException("reset", new IOException())),
        ("connection reset within the body", true, () => new IOException()),
        ("proxy failed with 500", true, () =>
            new HttpRequestException(HttpRequestError.ProxyTunnelError, statusCode: HttpStatusCode.InternalServerError)),
        ("proxy failed with 502", true, () =>
            new HttpRequestException(HttpRequestError.ProxyTunnelError, statusCode: HttpStatusCode.BadGateway)),
        ("proxy failed with 503", true, () =>
            new HttpRequestException(HttpRequestError.ProxyTunnelError, statusCode: HttpStatusCode.ServiceUnavailable)),
        ("proxy gave no status", true, () => new HttpRequestException(HttpRequestError.ProxyTunnelError)),
        ("proxy wants a password", false, () =>
            new HttpRequestException(HttpRequestError.ProxyTunnelError, statusCode: HttpStatusCode.ProxyAuthenticationRequired)),
        ("proxy forbids the host", false, () =>
            new HttpRequestException(HttpRequestError.ProxyTunnelError, statusCode: HttpStatusCode.Forbidden)),
        ("certificate refused", false, () =>
            new HttpRequestException(HttpRequestError.SecureConnectionError, inner: new AuthenticationException())),
        ("headers too large", false, () => new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded)),
        ("body too large", false, () => new BodyTooLargeException()),
        ("bug", false, () => new InvalidOperationException()),
        ("cancelled by somebody else", false, () => new OperationCanceledException()),
    ];

    [Fact]
    public async Task Status_is_tried_again_when_it_can_get_better_by_itself()
    {
        for (var status = 200; status <= 599; status++)
        {
            var exchange = await Exchange.RunAsync([Step.Status(status), Step.Status(200)]);

            var again = TriedAgain.Contains(status);
            Assert.True(exchange.Server.Requests == (again ? 2 : 1), $"{status}: {exchange.Server.Requests} requests");
            Assert.Equal(again ? 200 : status, (int)exchange.Status!);
        }
    }

    /// <summary>Whether or not a vendor's own errors say so too.</summary>
    [Fact]
    public void Status_that_can_get_better_needs_no_vendor_that_says_so() => Assert.All(Enumerable.Range(200, 400), status =>
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);

        Assert.Equal(TriedAgain.Contains(status), RetryTable.IsTransient(response, VendorError.None, []));
    });

    /// <summary>Genesys Cloud's way to say "slow down" counts with its status only.</summary>
    [Fact]
    public async Task Rate_limit_in_the_body_is_tried_again_with_the_vendors_status_alone()
    {
        var body = """{"error":"invalid_request","description":"rate limit exceeded; try later"}""";
        for (var status = 400; status <= 599; status++)
        {
            var exchange = await Exchange.RunAsync([Step.Status(status, body), Step.Status(200)]);

            Assert.True(exchange.Server.Requests == (status == 400 || TriedAgain.Contains(status) ? 2 : 1),
                $"{status}: {exchange.Server.Requests} requests");
        }
    }

    [Theory]
    [InlineData("""{"error":"invalid_request","error_description":"Rate limit exceeded; wait"}""", 2)]
    [InlineData("""{"error":"INVALID_REQUEST","description":"RATE LIMIT EXCEEDED"}""", 2)]
    [InlineData("""{"error":"invalid_request","message":"rate limit exceeded"}""", 2)]
    [InlineData("""{"error":"invalid_client","description":"rate limit exceeded"}""", 1)]
    [InlineData("""{"error":"invalid_request","description":"no rate limit exceeded"}""", 1)]
    [InlineData("""{"error":"invalid_request"}""", 1)]
    [InlineData("""{"error":["invalid_request"],"description":"rate limit exceeded"}""", 1)]
    [InlineData("""["invalid_request","rate limit exceeded"]""", 1)]
    [InlineData("invalid_request rate limit exceeded", 1)]
    [InlineData("", 1)]
    public async Task Status_400_is_retried_when_it_is_a_rate_limit(string body, int requests) =>
        Assert.Equal(requests, (await Exchange.RunAsync([Step.Status(400, body), Step.Status(200)])).Server.Requests);

    [Theory]
    [MemberData(nameof(ExceptionsTriedAgain))]
    public async Task Transport_failure_is_tried_again(string name)
    {
        var exchange = await Exchange.RunAsync([Step.Throws(Make(name)), Step.Status(200)]);

        Assert.Equal(HttpStatusCode.OK, exchange.Status);
        Assert.Equal(2, exchange.Server.Requests);
    }

    [Theory]
    [MemberData(nameof(ExceptionsNotTriedAgain))]
    public async Task Other_failure_comes_out_as_it_is(string name)
    {
        var exchange = await Exchange.RunAsync([Step.Throws(Make(name)), Step.Status(200)]);

        Assert.IsType(Make(name)().GetType(), exchange.Exception);
        Assert.Equal(1, exchange.Server.Requests);
    }

    [Theory]
    [InlineData(200, typeof(BodyTooLargeException))]
    [InlineData(400, null)]
    public async Task Body_over_the_limit_is_refused_with_success_and_cut_with_an_error(int status, Type? exception)
    {
        var exchange = await Exchange.RunAsync([Step.Status(status, new string(' ', BoundedBody.Limit + 1)), Step.Status(200)]);

        Assert.Equal(exception, exchange.Exception?.GetType());
        Assert.Equal(1, exchange.Server.Requests);
    }

    [Fact]
    public async Task Body_may_fill_the_limit() =>
        Assert.Equal(HttpStatusCode.OK, (await Exchange.RunAsync([Step.Status(200, new string(' ', BoundedBody.Limit))])).Status);

    private static IEnumerable<string> Exceptions(bool again) => Broken.Where(entry => entry.Again == again).Select(entry => entry.Name);

    private static Func<Exception> Make(string name) => Broken.Single(entry => entry.Name == name).Make;
}
