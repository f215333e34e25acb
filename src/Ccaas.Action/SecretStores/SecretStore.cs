using System.Diagnostics.CodeAnalysis;

namespace Ccaas.Action.SecretStores;

/// <summary>A kind of secret manager: its address format, its endpoints and its credentials.</summary>
internal abstract class StoreKind
{
    /// <summary>The scheme of the input <c>cache</c>, without <c>://</c>.</summary>
    public abstract string Scheme { get; }

    /// <summary>The address format for messages: <c>azure-keyvault://VAULT/SECRET</c>.</summary>
    public abstract string Form { get; }

    /// <summary>
    /// Reads everything that is needed to use the store. An invalid address is a problem of the input <c>cache</c>. Missing
    /// credentials are not, because a step can do without the store.
    /// </summary>
    /// <param name="address">From the input <c>cache</c>.</param>
    /// <param name="environment">Holds credentials under the names that the cloud's own tools use.</param>
    /// <param name="identity">Where the CI system issues OIDC tokens; null: nowhere.</param>
    /// <param name="problems">Gets what is wrong with the address.</param>
    /// <returns>Null when the address is invalid.</returns>
    public abstract StorePlan? Plan(StoreAddress address, ProcessEnvironment environment, CiIdTokenEndpoint? identity,
        InputProblems problems);

    /// <returns>The address of a test double of the service on loopback, given by host and port; null for anything else.</returns>
    // The rule accepts http for loopback alone.
    public static Uri? OnLoopback(string place) =>
        EndpointRule.Check($"http://{place}", out var address) is null
            && address!.Authority.Equals(place, StringComparison.OrdinalIgnoreCase) ? address : null;
}

/// <summary>One secret of a store, with everything that is needed to use it. Creating it sends no request.</summary>
internal abstract class StorePlan
{
    /// <summary>Names the secret and the store in messages: <c>the secret ci-token of the Key Vault contoso</c>.</summary>
    public abstract string Shown { get; }

    /// <summary>Credentials for the store, to be masked first.</summary>
    public abstract IReadOnlyList<Secret> Secrets { get; }

    public abstract ISecretStore Open(StoreConnection connection);
}

/// <summary>Reads and writes one secret. It knows nothing about tokens.</summary>
internal interface ISecretStore
{
    /// <returns>The current text; null when the secret does not exist or has no value.</returns>
    /// <exception cref="FailureException">It cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The job was canceled.</exception>
    Task<string?> ReadAsync(CancellationToken cancellation);

    /// <summary>Replaces the text, completely or not at all.</summary>
    /// <param name="text">The new text.</param>
    /// <param name="expiresAt">UTC, for stores with such an attribute.</param>
    /// <param name="cancellation">Canceled with the job.</param>
    /// <exception cref="FailureException">It cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The job was canceled.</exception>
    Task WriteAsync(string text, DateTimeOffset expiresAt, CancellationToken cancellation);
}

/// <summary>Every kind of store: one line each.</summary>
internal static class StoreRegistry
{
    public static IReadOnlyList<StoreKind> All { get; } =
    [
        new KeyVaultKind(),
        new SecretsManagerKind(),
    ];

    /// <returns>Null when there is no address, or it is invalid.</returns>
    public static StorePlan? Plan(StoreAddress? address, ProcessEnvironment environment, CiIdTokenEndpoint? identity,
        InputProblems problems)
    {
        if (address is null)
        {
            return null;
        }

        if (All.FirstOrDefault(kind => kind.Scheme == address.Scheme) is { } kind)
        {
            return kind.Plan(address, environment, identity, problems);
        }

        problems.Add(Input.Cache,
            $"names no kind of store that is known; give {string.Join(" or ", All.Select(known => known.Form))}, or job, or off.");
        return null;
    }
}

/// <summary>What a store uses to send requests.</summary>
/// <param name="Http">The HTTP client.</param>
/// <param name="Masker">Masks tokens and keys that are obtained for the store.</param>
/// <param name="UntrustedText">Makes text of the store safe to show.</param>
/// <param name="Time">Dates signatures.</param>
internal sealed record StoreConnection(HttpExchange Http, Masker Masker, UntrustedText UntrustedText, TimeProvider Time)
{
    /// <summary>Of one request to a store: a second one for a short outage.</summary>
    public const int MaxAttempts = 2;

    /// <summary>Characters. More than any token has; a wrong path may name a huge file.</summary>
    private const int LongestToken = 65536;

    /// <param name="request">The request.</param>
    /// <param name="purpose">Its name in the log.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <param name="attempts">How often it is sent at most.</param>
    public Task<HttpReply> SendAsync(HttpRequestMessage request, string purpose, CancellationToken cancellation, int attempts =
        MaxAttempts) =>
        Http.SendAsync(request, new AttemptInfo(purpose) { MaxAttempts = attempts }, cancellation);

    /// <returns>Whether it is visible ASCII, as everything is that clouds and CI systems issue. A header can hold nothing else.</returns>
    public static bool IsSendable([NotNullWhen(true)] string? text) =>
        !string.IsNullOrEmpty(text) && !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <returns>The token, masked; null for an empty text, or one with characters that no header can hold.</returns>
    public Secret? Masked(string? text)
    {
        if (!IsSendable(text))
        {
            return null;
        }

        var token = new Secret(text);
        Masker.Mask(token);
        return token;
    }

    /// <returns>The text of a file, masked; null when the file cannot be read or is empty.</returns>
    public Secret? ReadSecret(string path)
    {
        try
        {
            var text = RegularFile.Read(path, LongestToken).Trim();
            if (text.Length == 0)
            {
                return null;
            }

            var secret = new Secret(text);
            Masker.Mask(secret);
            return secret;
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}

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
