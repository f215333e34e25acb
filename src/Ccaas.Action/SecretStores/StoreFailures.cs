namespace Ccaas.Action.SecretStores;

/// <summary>What can go wrong with any store. A step that can get a token by itself goes on without, unless cache-required is true.</summary>
internal static class StoreFailures
{
    /// <param name="store">Which one; see <see cref="StorePlan.Shown"/>.</param>
    /// <param name="message">What it did not allow, after the name: <c>refused to read it (403 Forbidden)</c>.</param>
    /// <param name="cause">The likeliest cause.</param>
    /// <param name="remedy">Which role or permission to give to whom.</param>
    public static FailureException Refused(string store, string message, string cause, string remedy) => new(ExitCode.Reuse, "The store refused",
        Sentence(store, message),
        cause,
        remedy,
        "the-store-refused");

    /// <param name="store">Which one.</param>
    /// <param name="remedy">Where credentials for it may come from.</param>
    public static FailureException NoCredentials(string store, string remedy) => new(ExitCode.Reuse, "No credentials for the store",
        Sentence(store, "cannot be used, because nothing that it accepts was found in this step's environment"),
        "",
        remedy,
        "no-credentials-for-the-store");

    /// <param name="store">Which one.</param>
    /// <param name="message">What it answered, after the name.</param>
    public static FailureException Throttled(string store, string message) => new(ExitCode.Reuse, "The store is throttled",
        Sentence(store, message),
        "more jobs use it at the same time than its quota allows.",
        "nothing, if this is rare; else spread the jobs, or transfer the token sealed.",
        "the-store-is-throttled");

    /// <param name="store">Which one.</param>
    /// <param name="message">What it answered, after the name.</param>
    /// <param name="remedy">How to have it back, or to be rid of it.</param>
    public static FailureException Deleted(string store, string message, string remedy) => new(ExitCode.Reuse, "The secret was deleted",
        Sentence(store, message),
        "somebody deleted it, and the store keeps its name for a while.",
        remedy,
        "the-secret-was-deleted");

    /// <param name="store">Which one.</param>
    public static FailureException NotOurs(string store) => new(ExitCode.Reuse, "The secret belongs to something else",
        Sentence(store, "holds a text that is no sealed token, and is left unchanged"),
        "cache names a secret of another purpose, such as a password.",
        "give the token a secret of its own in cache: a name that is not in use, or one whose value may be lost, and delete that value first.",
        "the-secret-belongs-to-something-else");

    /// <param name="store">Which one.</param>
    /// <param name="message">What it did, after the name.</param>
    /// <param name="cause">The likeliest cause; empty when it would be a guess.</param>
    /// <param name="remedy">What to do.</param>
    public static FailureException Failed(string store, string message, string cause, string remedy) => new(ExitCode.Reuse, "The store failed",
        Sentence(store, message),
        cause,
        remedy,
        "the-store-failed");

    private static string Sentence(string store, string message) => $"{char.ToUpperInvariant(store[0])}{store[1..]} {message}.";
}
