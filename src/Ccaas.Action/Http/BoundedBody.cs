namespace Ccaas.Action.Http;

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
        await using (var stream = await streaming.ReadAsStreamAsync(cancellation).ConfigureAwait(false))
        {
            int read;
            while ((read = await stream.ReadAsync(chunk, cancellation).ConfigureAwait(false)) > 0)
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
internal sealed class BodyTooLargeException() : Exception($"The answer's body is over {BoundedBody.Limit} bytes.");
