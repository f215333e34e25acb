using Ccaas.Action.Foundation;

namespace Ccaas.Action.Http;

/// <summary>Sends one request through the named client and brings back a whole answer, or the failure that stands in its place.</summary>
internal sealed class HttpExchange(IHttpClientFactory clients, Deadline deadline, TransportFailures failures, TimeProvider time)
{
    /// <summary>The one HTTP client of this program.</summary>
    public const string ClientName = "ccaas";

    /// <param name="request">What to send.</param>
    /// <param name="report">Says what is asked, and takes notes of the tries.</param>
    /// <param name="cancellation">Cancelled when the job is.</param>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public async Task<Result<HttpReply>> SendAsync(HttpRequestMessage request, AttemptReport report, CancellationToken cancellation)
    {
        // Only now, because a token from the job's cache and plain http need none, and loading it takes time.
        if (request.RequestUri!.Scheme == Uri.UriSchemeHttps && OpenSslLibrary.Missing() is { } missing)
        {
            return missing;
        }

        request.Options.Set(AttemptReport.Key, report);
        using var whole = deadline.Limit(cancellation);
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, whole.Token).ConfigureAwait(false);
            var body = Body(response);
            var error = response.IsSuccessStatusCode ? VendorError.None : VendorError.Parse(body);
            return new HttpReply(response.StatusCode, response.Content.Headers.ContentType?.MediaType, body, error, report)
            {
                RetryAfter = RetryAfter.Read(response, time),
                Headers = response.Headers.ToDictionary(header => header.Key, header => string.Join(' ', header.Value), StringComparer.OrdinalIgnoreCase),
            };
        }
        catch (Exception exception) when (failures.Explain(exception, request.RequestUri, report) is { } failure)
        {
            // Whatever broke while the job was being cancelled, the cancelling is what people want to read.
            cancellation.ThrowIfCancellationRequested();
            return failure;
        }
    }

    /// <summary>The body of a response that the handler has buffered.</summary>
    public static ReadOnlyMemory<byte> Body(HttpResponseMessage response)
    {
        using var copy = new MemoryStream();
        response.Content.CopyTo(copy, null, CancellationToken.None);
        return copy.ToArray();
    }
}
