namespace Ccaas.Action.Http;

/// <summary>
/// Exponential backoff with full jitter: a random part of a ceiling that doubles at each try. Full jitter spreads the jobs of
/// a matrix, which all fail at the same moment, better than any fixed part plus noise.
/// </summary>
/// <param name="random">Uniform in [0, 1).</param>
internal sealed class Backoff(Func<double> random)
{
    public static TimeSpan First { get; } = TimeSpan.FromMilliseconds(500);

    public static TimeSpan Ceiling { get; } = TimeSpan.FromSeconds(20);

    /// <param name="retry">0 before the second try, 1 before the third, …</param>
    public TimeSpan Wait(int retry)
    {
        var ceiling = Math.Min(Ceiling.TotalSeconds, First.TotalSeconds * Math.Pow(2, retry));
        return TimeSpan.FromSeconds(ceiling * random());
    }

    /// <summary>A wait that the server asked for, plus a little, so that all who were told the same do not return at the same moment.</summary>
    public TimeSpan WaitAsAsked(TimeSpan asked, TimeSpan left)
    {
        var spread = asked + TimeSpan.FromSeconds(First.TotalSeconds * random());
        return spread < left ? spread : asked;
    }
}
