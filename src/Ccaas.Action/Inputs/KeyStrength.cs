namespace Ccaas.Action.Inputs;

/// <summary>
/// Whether a text can be a key: it must have 128 bits of entropy. A sealed token is public, and an attacker needs microseconds to
/// try a key. So in doubt the text is refused: no dictionary has every phrase, but random text is easy to recognize.
/// docs/reuse.md, "What can be a key", has the same formula.
/// </summary>
internal static class KeyStrength
{
    /// <summary>Follows the name of the input that needs a key.</summary>
    public const string NoKey =
        "needs a key that cannot be guessed, and the credentials hold none; give a random one in seal-key (openssl rand -base64 32)";

    private const int RequiredBits = 128;

    /// <summary>How far the count of frequent pairs may be above that of random text. Refuses one of 2,000 random texts.</summary>
    private const double Deviations = 4.5;

    /// <summary>
    /// The most frequent pairs of letters in English, and also in German, French and Spanish: three of four pairs in prose, one of
    /// seven in random letters.
    /// </summary>
    private const string FrequentPairs =
        "th he in er an re nd at on nt ha es st en ed to it ou ea hi is or ti as te et ng of al de se le sa si ar ve ra ld ur me ne ll "
        + "ri ro co ic ma io us li ch be ce el ta no la om ss ec ho pe wh ac il ee so ot di un ai ie ei ge em ow id ut ns ir do tr am po "
        + "ad im wa fo rs ts ul mo sh ke lo";

    private static readonly double RandomShare = FrequentPairs.Split(' ').Length / (26.0 * 26);

    /// <summary>Sequences with which people make up long texts: the alphabet and the keyboard.</summary>
    private static readonly string[] Sequences = ["0123456789abcdefghijklmnopqrstuvwxyz", "1234567890qwertyuiopasdfghjklzxcvbnm"];

    /// <summary>For a text that a person may have made up.</summary>
    public static bool IsEnough(Secret secret) => IsLongEnough(secret) && LooksRandom(secret.Reveal().TrimEnd('='));

    /// <summary>For a text that is known to be random.</summary>
    public static bool IsLongEnough(Secret secret) => Bits(secret.Reveal()) >= RequiredBits;

    /// <summary>The entropy of a random text of such characters. Each character counts for whole bits, rounded down.</summary>
    private static int Bits(string text)
    {
        var characters = text.TrimEnd('=');
        var hyphens = characters.Count(c => c == '-');
        return characters switch
        {
            _ when characters.All(char.IsAsciiDigit) => 3 * characters.Length,
            // Hyphens mean a UUID (RFC 9562 §5.4), in which six of 128 bits are fixed.
            _ when IsHex(characters) => (4 * (characters.Length - hyphens)) - (2 * hyphens),
            _ when !characters.Any(char.IsAsciiLetterLower) || !characters.Any(char.IsAsciiLetterUpper) =>
                4 * characters.Count(char.IsAscii),
            // Padding means base64, in which every character has six bits.
            _ => (characters.Length < text.Length && text.Length % 4 == 0 ? 6 : 5) * characters.Count(char.IsAscii),
        };
    }

    private static bool LooksRandom(string text)
    {
        var lower = text.ToLowerInvariant();
        return !Repeats(text) && !Sequences.Any(sequence => Follows(lower, sequence)) && (IsHex(text) || !LooksLikeWords(lower));
    }

    // More than one of ten groups of four characters is a repetition.
    private static bool Repeats(string text)
    {
        var groups = Substrings(text, 4);
        return groups.Distinct(StringComparer.Ordinal).Count() < 0.9 * groups.Count;
    }

    // At some distance from one to four, more than half of the characters equal the earlier character or its neighbor in the sequence.
    private static bool Follows(string text, string sequence)
    {
        var indexes = text.Select(c => sequence.IndexOf(c, StringComparison.Ordinal)).ToList();
        return Enumerable.Range(1, 4).Any(distance =>
            2 * indexes.Skip(distance).Zip(indexes).Count(pair => AreNear(pair.First, pair.Second)) > text.Length - distance);

        static bool AreNear(int one, int other) => one >= 0 && other >= 0 && Math.Abs(one - other) <= 1;
    }

    private static bool LooksLikeWords(string text)
    {
        var pairs = Substrings(text, 2).FindAll(pair => pair.All(char.IsAsciiLetterLower));
        var frequent = pairs.Count(pair => FrequentPairs.Contains(pair, StringComparison.Ordinal));
        return frequent > (pairs.Count * RandomShare) + (Deviations * Math.Sqrt(pairs.Count * RandomShare * (1 - RandomShare)));
    }

    private static List<string> Substrings(string text, int length) =>
        [.. Enumerable.Range(0, Math.Max(0, text.Length - length + 1)).Select(start => text.Substring(start, length))];

    private static bool IsHex(string text) => text.All(c => char.IsAsciiHexDigit(c) || c == '-');
}
