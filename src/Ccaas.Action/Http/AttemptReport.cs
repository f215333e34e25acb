using Ccaas.Action.Requests;

namespace Ccaas.Action.Http;

/// <summary>What the handler notes of a request's tries for whoever sent it.</summary>
internal sealed class AttemptReport(string purpose)
{
    /// <summary>The key under which a request carries its report.</summary>
    public static HttpRequestOptionsKey<AttemptReport> Key { get; } = new("ccaas.attempts");

    /// <summary>What is asked, as the log names it: <c>Token request</c>.</summary>
    public string Purpose => purpose;

    /// <summary>What this server's errors are known to mean.</summary>
    public IReadOnlyList<KnownError> KnownErrors { get; init; } = [];

    /// <summary>Fills the request before each try, for what must not be sent twice, such as an assertion; null: the request stays as it is.</summary>
    public System.Action<HttpRequestMessage>? Prepare { get; init; }

    /// <summary>What people should know of a try whose request may have arrived and whose response did not; null: nothing.</summary>
    public string? LossMeans { get; init; }

    /// <summary>Tries at most, where that is less than max-attempts; what is only helpful must not use up the time of what is needed.</summary>
    public int MaxAttempts { get; init; } = int.MaxValue;

    /// <summary>Tries begun so far.</summary>
    public int Count { get; set; }

    /// <summary>Wall clock at the start of the last try, UTC.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>Monotonic clock at the start of the last try.</summary>
    public long StartedTimestamp { get; set; }

    /// <summary>Whether the last try has had its line in the log.</summary>
    public bool IsLogged { get; set; }

    /// <summary>The server asked for a wait that was longer than the time left.</summary>
    public bool WaitDidNotFit { get; set; }
}
