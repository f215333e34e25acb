using System.Globalization;
using System.Net;
using System.Text;

namespace Ccaas.Action.Tests.Http;

/// <summary>What a scripted server does with one request.</summary>
/// <param name="Takes">How long it takes; null: it never ends by itself.</param>
/// <param name="Respond">What comes then; it may throw, as a broken connection does.</param>
internal sealed record Step(TimeSpan? Takes, Func<DateTimeOffset, HttpResponseMessage> Respond)
{
    /// <summary>Whether this answer may not be asked for again.</summary>
    public bool IsFinal { get; init; }

    public static Step Hang { get; } = new(null, _ => throw new InvalidOperationException("A server that hangs does not answer."));

    public static Step RateLimited400 { get; } = Status(400, """{"error":"invalid_request","description":"rate limit exceeded; try later"}""");

    public static Step Status(int status, string body = "") =>
        new(TimeSpan.Zero, _ =>
            new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });

    public static Step Throws(Func<Exception> exception) => new(TimeSpan.Zero, _ => throw exception());

    /// <param name="status">The status.</param>
    /// <param name="retryAfter">The header as it is sent.</param>
    /// <param name="date">The server's own clock; null: it does not tell.</param>
    public static Step RetryAfter(int status, string retryAfter, DateTimeOffset? date = null) =>
        new(TimeSpan.Zero, _ => WithHeaders(status, retryAfter, date));

    /// <summary>A date that many seconds from the moment of the answer, by the server's clock, which is ahead of ours.</summary>
    public static Step RetryAtDate(int status, double seconds, TimeSpan ahead, bool tellsItsClock = true) => new(TimeSpan.Zero, now =>
        WithHeaders(status, (now + ahead).AddSeconds(seconds).ToString("r", CultureInfo.InvariantCulture), tellsItsClock
            ? now + ahead
            : null));

    public Step After(double seconds) => this with { Takes = TimeSpan.FromSeconds(seconds) };

    private static HttpResponseMessage WithHeaders(int status, string retryAfter, DateTimeOffset? date)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent("") };
        response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        response.Headers.Date = date;
        return response;
    }
}
