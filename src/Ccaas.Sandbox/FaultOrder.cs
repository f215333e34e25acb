using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ccaas.Sandbox;

/// <summary>
/// A fault as it is ordered over HTTP. <see cref="ToFault"/> says which fields a kind needs; an unknown field is refused.
/// </summary>
internal sealed record FaultOrder
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
    };

    public required string Kind { get; init; }

    /// <summary>Beginning of the path that it is for; every path if left out.</summary>
    public string Path { get; init; } = "/";

    /// <summary>How many requests in a row it hits.</summary>
    public int Times { get; init; } = 1;

    public int? Status { get; init; }

    public string? Body { get; init; }

    public string? ContentType { get; init; }

    public Dictionary<string, string>? Headers { get; init; }

    public double? Seconds { get; init; }

    public DateTimeOffset? Date { get; init; }

    public long? Bytes { get; init; }

    public string? Location { get; init; }

    public string? Code { get; init; }

    public string? Message { get; init; }

    /// <exception cref="ArgumentException">The kind is unknown, or lacks a field.</exception>
    public IEnumerable<(string Path, Fault Fault)> ToFaults()
    {
        if (Times is < 1 or > 10_000)
        {
            throw new ArgumentException($"{Kind}: 'times' must be 1 to 10000");
        }

        return Enumerable.Repeat((Path, ToFault()), Times);
    }

    private Fault ToFault() => Kind switch
    {
        "none" => Fault.None,
        "reset" => Fault.Reset,
        "hang" => Fault.Hang,
        "truncated" => Fault.Truncated,
        "status" => Fault.Status(Need(Status, "status"), Body, ContentType ?? "application/json", Headers),
        "body" => Fault.Body(Need(Body, "body"), ContentType ?? "application/json"),
        "redirect" => Fault.Redirect(Status ?? 302, Need(Location, "location")),
        "retry-after" => Fault.RetryAfter(Status ?? 429, Span()),
        "retry-after-date" => Date is { } date ? Fault.RetryAfterDate(Status ?? 429, date) : Fault.RetryAfterDate(Status ?? 429, Span()),
        "delay" => Fault.Delay(Span()),
        "slow-drip" => Fault.SlowDrip((int)Math.Min(Bytes ?? int.MaxValue, int.MaxValue), Span()),
        "huge" => Fault.Huge(Need(Bytes, "bytes")),
        _ => Vendors.All.Select(vendor => vendor.Faults.GetValueOrDefault(Kind)).FirstOrDefault(fault => fault is not null)?.Invoke(this)
            ?? throw new ArgumentException($"no fault is called '{Kind}'"),
    };

    private TimeSpan Span()
    {
        var seconds = Need(Seconds, "seconds");
        // A day: longer than anybody waits, and within a timer's limit.
        return seconds is >= 0 and <= 86400
            ? TimeSpan.FromSeconds(seconds)
            : throw new ArgumentException($"{Kind}: 'seconds' must be 0 to 86400");
    }

    public T Need<T>(T? value, string field)
        where T : struct => value ?? throw new ArgumentException($"{Kind}: '{field}' is missing");

    public string Need(string? value, string field) => value ?? throw new ArgumentException($"{Kind}: '{field}' is missing");
}
