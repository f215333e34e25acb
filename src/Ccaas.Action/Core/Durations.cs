namespace Ccaas.Action.Core;

/// <summary>Durations as people write and read them.</summary>
internal static class Durations
{
    private const double LongestSeconds = 1e9;
    private static readonly SearchValues<char> DigitsAndPoint = SearchValues.Create("0123456789.");

    /// <summary>Parses <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>2h</c>; a bare number is seconds. Null for anything else.</summary>
    public static TimeSpan? Parse(string text)
    {
        var digits = text.AsSpan().TrimEnd("mshMSH").TrimEnd();
        var unit = text.AsSpan(digits.Length).Trim();
        double? seconds = unit.ToString().ToLowerInvariant() switch
        {
            "ms" => 0.001,
            "" or "s" => 1,
            "m" => 60,
            "h" => 3600,
            _ => null,
        };

        // Only digits, because TryParse also accepts NaN and Infinity; and bounded, because dates are.
        return seconds is not null
            && digits.IndexOfAnyExcept(DigitsAndPoint) < 0
            && double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * seconds.Value <= LongestSeconds
            ? TimeSpan.FromSeconds(number * seconds.Value)
            : null;
    }

    /// <summary>Two units at most: <c>12 ms</c>, <c>1.4 s</c>, <c>58 s</c>, <c>9 min 30 s</c>, <c>24 h</c>, <c>2 d 3 h</c>.</summary>
    public static string Describe(TimeSpan span)
    {
        // Rounded first: a fraction of a second less than an hour is 1 h, not 59 min 59 s.
        span = span >= TimeSpan.FromSeconds(10) ? TimeSpan.FromSeconds(Math.Round(span.TotalSeconds)) : span;
        return span switch
        {
            { Ticks: <= 0 } => "0 s",
            { TotalMilliseconds: < 999.5 } => Format(span.TotalMilliseconds, "0", "ms"),
            { TotalSeconds: < 10 } => Format(span.TotalSeconds, "0.#", "s"),
            { TotalMinutes: < 1 } => Format(span.TotalSeconds, "0", "s"),
            { TotalHours: < 1 } => Pair(span.Minutes, "min", span.Seconds, "s"),
            { TotalDays: <= 1 } => Pair((int)span.TotalHours, "h", span.Minutes, "min"),
            _ => Pair((int)span.TotalDays, "d", span.Hours, "h"),
        };
    }

    /// <summary>Describes two different durations with different texts: in seconds, where the usual texts are equal.</summary>
    public static (string One, string Other) DescribeApart(TimeSpan one, TimeSpan other)
    {
        var words = (Describe(one), Describe(other));
        return words.Item1 != words.Item2 ? words : (Format(one.TotalSeconds, "0.###", "s"), Format(other.TotalSeconds, "0.###", "s"));
    }

    /// <summary>Adds the duration; at most the latest date that .NET has.</summary>
    public static DateTimeOffset After(DateTimeOffset moment, TimeSpan span) =>
        span < DateTimeOffset.MaxValue - moment ? moment + span : DateTimeOffset.MaxValue;

    private static string Format(double number, string format, string unit) =>
        $"{number.ToString(format, CultureInfo.InvariantCulture)} {unit}";

    private static string Pair(int large, string largeUnit, int small, string smallUnit) =>
        small == 0 ? $"{large} {largeUnit}" : $"{large} {largeUnit} {small} {smallUnit}";
}
