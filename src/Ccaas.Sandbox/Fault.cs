using System.Globalization;
using System.Text;
using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox;

/// <summary>
/// A fault of one request. It ends when the client closes the connection or the sandbox stops. Waits are in real time, not in
/// the time of the options' clock.
/// </summary>
/// <remarks>A status that is not a final one (200 to 599) is refused with <see cref="ArgumentOutOfRangeException"/>.</remarks>
public sealed class Fault
{
    private Fault(string name, Func<Exchange, Task> play)
    {
        Name = name;
        Play = play;
    }

    /// <summary>Its name in the request log and in an order over HTTP.</summary>
    public string Name { get; }

    internal Func<Exchange, Task> Play { get; }

    /// <summary>No fault: the request gets the normal response.</summary>
    public static Fault None { get; } = new("none", x => x.SendAsync(x.Respond()));

    /// <summary>The TCP connection is reset before a byte of the response.</summary>
    public static Fault Reset { get; } = new("reset", x =>
    {
        x.Abort();
        return Task.CompletedTask;
    });

    /// <summary>No response.</summary>
    public static Fault Hang { get; } = new("hang", x => Task.Delay(Timeout.InfiniteTimeSpan, x.Ended));

    /// <summary>Half of the normal body under a Content-Length for all of it, then the end of the connection.</summary>
    public static Fault Truncated { get; } = new("truncated", async x =>
    {
        var response = x.Respond();
        await x.StartAsync(response, Math.Max(response.Body.Length, 2));
        // Kestrel closes the connection of an incomplete response. An abort could overtake the half that was sent.
        await x.WriteAsync(response.Body.AsMemory(0, response.Body.Length / 2));
    });

    /// <summary>A status, with an empty body unless one is given.</summary>
    public static Fault Status(
        int code, string? body = null, string contentType = "application/json", IReadOnlyDictionary<string, string>? headers = null) =>
        Fixed("status", code, _ => new Response(code, body is null ? null : contentType, Encoding.UTF8.GetBytes(body ?? "")).With(headers));

    /// <summary>A 200 with this body.</summary>
    public static Fault Body(string body, string contentType = "application/json") =>
        Fixed("body", 200, _ => new Response(200, contentType, Encoding.UTF8.GetBytes(body)));

    /// <summary>A status with <c>Retry-After</c> in whole seconds, rounded up.</summary>
    public static Fault RetryAfter(int code, TimeSpan after) =>
        Fixed("retry-after", code, _ => Response.Empty(code).With("Retry-After", Seconds(after)));

    /// <summary>A status with <c>Retry-After</c> as a date, which HTTP gives in whole seconds.</summary>
    public static Fault RetryAfterDate(int code, DateTimeOffset date) =>
        Fixed("retry-after-date", code, _ => RetryAt(code, date));

    /// <summary>A status with <c>Retry-After</c> as a date, computed with the sandbox's clock when the response is sent.</summary>
    public static Fault RetryAfterDate(int code, TimeSpan fromNow) =>
        Fixed("retry-after-date", code, x => RetryAt(code, x.Clock.GetUtcNow() + fromNow));

    /// <summary>A redirect, which a client with credentials must not follow.</summary>
    public static Fault Redirect(int code, string location) =>
        Fixed("redirect", code, _ => Response.Empty(code).With("Location", location));

    /// <summary>The normal response, later.</summary>
    public static Fault Delay(TimeSpan delay) => new("delay", async x =>
    {
        await Task.Delay(delay, x.Ended);
        await x.SendAsync(x.Respond());
    });

    /// <summary>Headers at once, then <paramref name="bytes"/> bytes of the normal body, one an interval, then the rest of it.</summary>
    public static Fault SlowDrip(int bytes, TimeSpan interval) => new("slow-drip", async x =>
    {
        var response = x.Respond();
        await x.StartAsync(response, response.Body.Length);
        var slow = Math.Min(bytes, response.Body.Length);
        for (var i = 0; i < slow; i++)
        {
            await Task.Delay(interval, x.Ended);
            await x.WriteAsync(response.Body.AsMemory(i, 1));
        }

        await x.WriteAsync(response.Body.AsMemory(slow));
    });

    /// <summary>
    /// A 200 with a body of that many bytes (20 at least), streamed without a Content-Length.
    /// It is valid JSON with an access token, so only a client that counts bytes notices.
    /// </summary>
    public static Fault Huge(long bytes) => new("huge", async x =>
    {
        var head = "{\"access_token\":\""u8.ToArray();
        var tail = "\"}"u8.ToArray();
        await x.StartAsync(new Response(200, "application/json", []), null);
        await x.WriteAsync(head);
        var chunk = Encoding.ASCII.GetBytes(new string('A', 64 * 1024));
        for (var left = bytes - head.Length - tail.Length; left > 0; left -= chunk.Length)
        {
            await x.WriteAsync(chunk.AsMemory(0, (int)Math.Min(left, chunk.Length)));
        }

        await x.WriteAsync(tail);
    });

    public override string ToString() => Name;

    internal static Fault Fixed(string name, int status, Func<Exchange, Response> response) => status is >= 200 and <= 599
        ? new(name, x => x.SendAsync(response(x)))
        : throw new ArgumentOutOfRangeException(nameof(status), status, "a final HTTP status is 200 to 599");

    internal static string Seconds(TimeSpan after) => Math.Ceiling(after.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);

    private static Response RetryAt(int code, DateTimeOffset date) =>
        Response.Empty(code).With("Retry-After", date.ToString("R", CultureInfo.InvariantCulture));
}
