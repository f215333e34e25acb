using Ccaas.Action.Foundation;

namespace Ccaas.Action.Reuse;

/// <summary>What ends a run for want of a token that is there already. Without <c>cache-required</c>, and with credentials, nothing does.</summary>
internal static class ReuseFailures
{
    /// <param name="why">Follows "the sealed token".</param>
    public static Failure SealedToken(string why) => new(ExitCode.Reuse, "The sealed token cannot be used",
        $"The sealed token {why}, and this job has no credentials to get another.",
        "it was sealed in another run, with another seal-key, or for another provider, region or scope; or the jobs before this one took longer than it lasts.",
        "give the same inputs in both jobs; give the credentials here too, so that a fresh token can take its place; or raise the token's duration at the vendor.",
        "the-sealed-token-cannot-be-used");

    /// <param name="what">Which cache and what is wrong with it, a sentence without its full stop.</param>
    public static Failure CacheRequired(string what) => new(ExitCode.Reuse, "The cache cannot be used",
        $"{what}; and cache-required is true.",
        "",
        "make the folder writable or make room; or leave cache-required out, so that the step requests a token by itself.",
        "the-cache-cannot-be-used");
}
