namespace Ccaas.Action.Http;

/// <summary>The server's wish how long to wait, RFC 9110 §10.2.3: seconds or a date.</summary>
internal static class RetryAfter
{
    /// <returns>How long from now; null when there is no wish or it cannot be read. A date that has passed is zero.</returns>
    public static TimeSpan? Read(HttpResponseMessage response, TimeProvider time)
    {
        var header = response.Headers.RetryAfter;
        if (header?.Date is { } date)
        {
            // Against the server's own clock where it tells it: this machine's may be wrong by hours.
            var wait = date - (response.Headers.Date ?? time.GetUtcNow());
            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }

        return header?.Delta;
    }
}
