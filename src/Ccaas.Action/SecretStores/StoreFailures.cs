namespace Ccaas.Action.SecretStores;

/// <summary>
/// The failures of stores. A step that can request a token goes on without the store, unless cache-required is true. The store
/// is named as in <see cref="StorePlan.Shown"/>; the message follows that name: <c>cannot be read (403 Forbidden)</c>.
/// </summary>
internal static class StoreFailures
{
    public static FailureException Refused(string store, string message, string cause, string remedy) =>
        new(ExitCode.Reuse, "The store refused",
        Sentence(store, message),
        cause,
        remedy,
        "the-store-refused");

    public static FailureException NoCredentials(string store, string remedy) => new(ExitCode.Reuse, "No credentials for the store",
        Sentence(store, "cannot be used, because this step's environment holds no credentials for it"),
        "",
        remedy,
        "no-credentials-for-the-store");

    public static FailureException Throttled(string store, string message) => new(ExitCode.Reuse, "The store is throttled",
        Sentence(store, message),
        "more jobs use it at the same time than its quota allows.",
        "nothing, if this is rare; else spread the jobs, or transfer the token sealed.",
        "the-store-is-throttled");

    public static FailureException Deleted(string store, string message, string remedy) => new(ExitCode.Reuse, "The secret was deleted",
        Sentence(store, message),
        "it was deleted, and the store reserves its name for a while.",
        remedy,
        "the-secret-was-deleted");

    public static FailureException NotOurs(string store) => new(ExitCode.Reuse, "The secret belongs to something else",
        Sentence(store, "holds a text that is no sealed token, and is left unchanged"),
        "cache names a secret of another purpose, such as a password.",
        "give the token a secret of its own in cache: a name that is not in use, or one whose value may be lost, and delete that value "
            + "first.",
        "the-secret-belongs-to-something-else");

    public static FailureException WriteNotReturned(string store) => Failed(store,
        "accepted a token, but does not return it",
        "reads go to another version, replica or cache than writes; or a step with another client or scope writes to the same secret.",
        "give each client and scope a secret of its own, and read the secret with the store's own tools; as it is, every run requests a "
            + "token.");

    public static FailureException Failed(string store, string message, string cause, string remedy) =>
        new(ExitCode.Reuse, "The store failed",
        Sentence(store, message),
        cause,
        remedy,
        "the-store-failed");

    private static string Sentence(string store, string message) => $"{char.ToUpperInvariant(store[0])}{store[1..]} {message}.";
}
