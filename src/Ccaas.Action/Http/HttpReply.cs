using System.Net;

namespace Ccaas.Action.Http;

/// <summary>A whole answer, its body read and bounded.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The media type alone, as sent; null when there was none.</param>
/// <param name="Body">At most <see cref="BoundedBody.Limit"/> bytes.</param>
/// <param name="Error">What the vendor said when the status is no success.</param>
/// <param name="Attempt">The try that brought it.</param>
internal sealed record HttpReply(HttpStatusCode Status, string? ContentType, ReadOnlyMemory<byte> Body, VendorError Error, AttemptReport Attempt)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>How long the server asks to wait; null when it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Response headers by name, values joined by a space; raw text.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public bool IsRedirect => (int)Status is >= 300 and < 400;
}
