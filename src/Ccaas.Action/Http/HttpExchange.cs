namespace Ccaas.Action.Http;

/// <summary>Sends a request with the named client, and reads the whole response.</summary>
internal sealed class HttpExchange(IHttpClientFactory clients, Deadline deadline, TransportFailures failures, TimeProvider time)
{
    /// <summary>The one HTTP client of this program.</summary>
    public const string ClientName = "ccaas";

    /// <param name="request">The request.</param>
    /// <param name="report">Options and results of its attempts.</param>
    /// <param name="cancellation">Canceled with the job.</param>
    /// <exception cref="FailureException">There was no complete response.</exception>
    /// <exception cref="OperationCanceledException">The job was canceled.</exception>
    public async Task<HttpReply> SendAsync(HttpRequestMessage request, AttemptInfo report, CancellationToken cancellation)
    {
        // Only now: a cached token and plain http do not need it, and loading takes time.
        if (request.RequestUri!.Scheme == Uri.UriSchemeHttps)
        {
            OpenSslLibrary.Load();
        }

        request.Options.Set(AttemptInfo.Key, report);
        using var whole = deadline.Limit(cancellation);
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, whole.Token);
            var body = Body(response);
            var error = response.IsSuccessStatusCode ? VendorError.None : VendorError.Parse(body);
            return new HttpReply(response.StatusCode, response.Content.Headers.ContentType?.MediaType, body, error, report)
            {
                RetryAfter = RetryAfter.Read(response, time),
                Headers = response.Headers.ToDictionary(
                    header => header.Key, header => string.Join(' ', header.Value), StringComparer.OrdinalIgnoreCase),
            };
        }
        catch (Exception exception) when (failures.Explain(exception, request.RequestUri, report) is { } failure)
        {
            // If the job was canceled meanwhile, that is the message to show.
            cancellation.ThrowIfCancellationRequested();
            throw failure;
        }
    }

    /// <summary>The body of a response, buffered by the handler.</summary>
    public static ReadOnlyMemory<byte> Body(HttpResponseMessage response)
    {
        using var copy = new MemoryStream();
        response.Content.CopyTo(copy, null, CancellationToken.None);
        return copy.ToArray();
    }
}

/// <summary>A complete response with a bounded body.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The media type, as sent; null when there was none.</param>
/// <param name="Body">At most <see cref="BoundedBody.Limit"/> bytes.</param>
/// <param name="Error">The error of the body, if the status is not a success.</param>
/// <param name="Attempt">The attempts of the request.</param>
internal sealed record HttpReply(HttpStatusCode Status, string? ContentType, ReadOnlyMemory<byte> Body, VendorError Error,
    AttemptInfo Attempt)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>Retry-After; null without one.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Response headers by name, values joined by a space; untrusted text.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public bool IsRedirect => (int)Status is >= 300 and < 400;
}

/// <summary>Reads a whole body, at most <see cref="Limit"/> bytes, whatever Content-Length says.</summary>
internal static class BoundedBody
{
    /// <summary>1 MiB; a token response has a few kilobytes.</summary>
    public const int Limit = 1024 * 1024;

    /// <summary>Replaces the streaming content by the bytes.</summary>
    /// <exception cref="BodyTooLargeException">A success body is larger than the limit. The body of an error is cut instead,
    /// because its status is enough.</exception>
    public static async Task BufferAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var streaming = response.Content;
        using var buffer = new MemoryStream();
        var chunk = new byte[8192];
        await using (var stream = await streaming.ReadAsStreamAsync(cancellation))
        {
            int read;
            while ((read = await stream.ReadAsync(chunk, cancellation)) > 0)
            {
                if (buffer.Length + read > Limit)
                {
                    if (response.IsSuccessStatusCode)
                    {
                        throw new BodyTooLargeException();
                    }

                    break;
                }

                buffer.Write(chunk, 0, read);
            }
        }

        var content = new ByteArrayContent(buffer.ToArray());
        content.Headers.ContentType = streaming.Headers.ContentType;
        response.Content = content;
        streaming.Dispose();
    }
}

/// <summary>A success body over the limit: an invalid response, not retried.</summary>
internal sealed class BodyTooLargeException() : Exception($"The response's body is over {BoundedBody.Limit} bytes.");
