namespace Ccaas.Action.Http;

/// <summary>Sends one request through the named client and brings back a whole answer, or the failure that stands in its place.</summary>
internal sealed class HttpExchange(IHttpClientFactory clients, Deadline deadline, TransportFailures failures, TimeProvider time)
{
    /// <summary>The one HTTP client of this program.</summary>
    public const string ClientName = "ccaas";

    /// <param name="request">What to send.</param>
    /// <param name="report">Says what is asked, and takes notes of the tries.</param>
    /// <param name="cancellation">Cancelled when the job is.</param>
    /// <exception cref="FailureException">No whole response came.</exception>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public async Task<HttpReply> SendAsync(HttpRequestMessage request, AttemptInfo report, CancellationToken cancellation)
    {
        // Only now, because a token from the job's cache and plain http need none, and loading it takes time.
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
                Headers = response.Headers.ToDictionary(header => header.Key, header => string.Join(' ', header.Value), StringComparer.OrdinalIgnoreCase),
            };
        }
        catch (Exception exception) when (failures.Explain(exception, request.RequestUri, report) is { } failure)
        {
            // Whatever broke while the job was being cancelled, the cancelling is what people want to read.
            cancellation.ThrowIfCancellationRequested();
            throw failure;
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

/// <summary>A whole answer, its body read and bounded.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The media type alone, as sent; null when there was none.</param>
/// <param name="Body">At most <see cref="BoundedBody.Limit"/> bytes.</param>
/// <param name="Error">What the vendor said when the status is no success.</param>
/// <param name="Attempt">The try that brought it.</param>
internal sealed record HttpReply(HttpStatusCode Status, string? ContentType, ReadOnlyMemory<byte> Body, VendorError Error, AttemptInfo Attempt)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>How long the server asks to wait; null when it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Response headers by name, values joined by a space; raw text.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public bool IsRedirect => (int)Status is >= 300 and < 400;
}

/// <summary>Reads a body whole, but never more than <see cref="Limit"/> bytes, whatever the server announces.</summary>
internal static class BoundedBody
{
    /// <summary>1 MiB; a token response is a few kilobytes.</summary>
    public const int Limit = 1024 * 1024;

    /// <summary>Replaces the response's streaming content by the bytes read.</summary>
    /// <exception cref="BodyTooLargeException">A success body is larger than the limit. An error's body is cut instead: its status says enough.</exception>
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

/// <summary>A success body over the limit: nonsense, and not better at the next try.</summary>
internal sealed class BodyTooLargeException() : Exception($"The response's body is over {BoundedBody.Limit} bytes.");
