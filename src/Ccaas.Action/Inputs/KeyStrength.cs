namespace Ccaas.Action.Inputs;

/// <summary>
/// Whether a text holds the 128 bits that a key needs. What is sealed lies open, and each guess at its key costs an attacker
/// microseconds, so this errs on the side of refusal: no dictionary knows every phrase, but random text is easily told.
/// docs/reuse.md, "What can be a key", has the same formula.
/// </summary>
internal static class KeyStrength
{
    /// <summary>Why nothing is sealed and what to do, to follow what was asked for.</summary>
    public const string NoKey = "needs a key that cannot be guessed, and the credentials hold none; give a random one in seal-key (openssl rand -base64 32)";

    private const int Needed = 128;

    /// <summary>By how many standard deviations a text may have more of the pairs below than a random one: about one of 2,000 random texts is refused.</summary>
    private const double Deviations = 4.5;

    /// <summary>The pairs of letters that are most frequent in English, and in German, French and Spanish as well: three of four pairs in prose, one of seven in random letters.</summary>
    private const string FrequentPairs =
        "th he in er an re nd at on nt ha es st en ed to it ou ea hi is or ti as te et ng of al de se le sa si ar ve ra ld ur me ne ll ri ro co ic ma io "
        + "us li ch be ce el ta no la om ss ec ho pe wh ac il ee so ot di un ai ie ei ge em ow id ut ns ir do tr am po ad im wa fo rs ts ul mo sh ke lo";

    private static readonly double RandomShare = FrequentPairs.Split(' ').Length / (26.0 * 26);

    /// <summary>The orders in which people make up long texts: the alphabet, and the keyboard.</summary>
    private static readonly string[] Orders = ["0123456789abcdefghijklmnopqrstuvwxyz", "1234567890qwertyuiopasdfghjklzxcvbnm"];

    /// <summary>For a text that anybody may have made up.</summary>
    public static bool IsEnough(Secret secret) => IsLongEnough(secret) && LooksRandom(secret.Reveal().TrimEnd('='));

    /// <summary>For a text that was made at random, which leaves its length.</summary>
    public static bool IsLongEnough(Secret secret) => Capacity(secret.Reveal()) >= Needed;

    /// <summary>Bits, rounded down to whole ones for each character: what a random text of such characters holds.</summary>
    private static int Capacity(string text)
    {
        var characters = text.TrimEnd('=');
        var hyphens = characters.Count(c => c == '-');
        return characters switch
        {
            _ when characters.All(char.IsAsciiDigit) => 3 * characters.Length,
            // Hyphens stand in UUIDs (RFC 9562 §5.4), of whose 128 bits six are fixed.
            _ when IsHex(characters) => (4 * (characters.Length - hyphens)) - (2 * hyphens),
            _ when !characters.Any(char.IsAsciiLetterLower) || !characters.Any(char.IsAsciiLetterUpper) => 4 * characters.Count(char.IsAscii),
            // Padding shows that it is base64, in which every character is six bits.
            _ => (characters.Length < text.Length && text.Length % 4 == 0 ? 6 : 5) * characters.Count(char.IsAscii),
        };
    }

    private static bool LooksRandom(string text)
    {
        var lower = text.ToLowerInvariant();
        return !Repeats(text) && !Orders.Any(order => Follows(lower, order)) && (IsHex(text) || !ReadsLikeWords(lower));
    }

    // More than one of ten pieces of four characters was there before.
    private static bool Repeats(string text)
    {
        var pieces = Enumerable.Range(0, Math.Max(0, text.Length - 3)).Select(start => text.Substring(start, 4)).ToList();
        return pieces.Distinct(StringComparer.Ordinal).Count() < 0.9 * pieces.Count;
    }

    // More than half of the characters are the same as, or beside, the one that stands up to four places before.
    private static bool Follows(string text, string order)
    {
        var places = text.Select(c => order.IndexOf(c, StringComparison.Ordinal)).ToList();
        return Enumerable.Range(1, 4).Any(lag => 2 * places.Skip(lag).Zip(places, (one, before) => one >= 0 && before >= 0 && Math.Abs(one - before) <= 1).Count(near => near) > text.Length - lag);
    }

    private static bool ReadsLikeWords(string text)
    {
        var pairs = Enumerable.Range(0, Math.Max(0, text.Length - 1)).Select(start => text.Substring(start, 2)).Where(pair => pair.All(char.IsAsciiLetterLower)).ToList();
        var frequent = pairs.Count(pair => FrequentPairs.Contains(pair, StringComparison.Ordinal));
        return frequent > (pairs.Count * RandomShare) + (Deviations * Math.Sqrt(pairs.Count * RandomShare * (1 - RandomShare)));
    }

    private static bool IsHex(string text) => text.All(c => char.IsAsciiHexDigit(c) || c == '-');
}
