namespace Ccaas.Sandbox.GitHubRunner;

/// <summary>What a step left in <c>GITHUB_OUTPUT</c>, <c>GITHUB_ENV</c> or <c>GITHUB_STATE</c>.</summary>
/// <param name="Pairs">In the file's order, doubles included.</param>
public sealed record CommandFile(IReadOnlyList<KeyValuePair<string, string>> Pairs)
{
    /// <summary>Of each name the last value. Names are told apart by case, as on Linux.</summary>
    public IReadOnlyDictionary<string, string> Values { get; } =
        Pairs.GroupBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Value, StringComparer.Ordinal);

    // Pairs may hold tokens.
    public override string ToString() => string.Join(", ", Pairs.Select(pair => pair.Key));
}
