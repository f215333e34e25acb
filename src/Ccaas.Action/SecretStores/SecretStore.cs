namespace Ccaas.Action.SecretStores;

/// <summary>A kind of secret manager in which many machines share one entry. It knows how to name, reach and prove itself to it.</summary>
internal abstract class StoreKind
{
    /// <summary>How the input <c>cache</c> begins for it, without <c>://</c>.</summary>
    public abstract string Scheme { get; }

    /// <summary>How the address is written, for people: <c>azure-keyvault://VAULT/SECRET</c>.</summary>
    public abstract string Form { get; }

    /// <summary>
    /// Reads everything that is needed to use the store. What is wrong with the address goes into the problems of the input
    /// <c>cache</c>; missing credentials do not, because a store that cannot be used fails no step.
    /// </summary>
    /// <param name="address">What the input names.</param>
    /// <param name="environment">Where the vendor's own tools look for credentials.</param>
    /// <param name="identity">What the CI system offers in place of a stored secret; null: nothing.</param>
    /// <param name="problems">What is wrong with the inputs.</param>
    /// <returns>Null when the address is wrong.</returns>
    public abstract StorePlan? Plan(StoreAddress address, ProcessEnvironment environment, CiIdTokenEndpoint? identity, InputProblems problems);

    /// <returns>The address of a double of the vendor's service on this machine, which the input <c>cache</c> names by host and port; null when it names something else.</returns>
    // Plain http passes the rule for this machine alone.
    public static Uri? OnThisMachine(string place) =>
        EndpointRule.Check($"http://{place}", out var address) is null && address!.Authority.Equals(place, StringComparison.OrdinalIgnoreCase) ? address : null;
}

/// <summary>A store with everything that is needed to use it, read before the first byte goes out.</summary>
internal abstract class StorePlan
{
    /// <summary>Which entry of which store, for people: <c>the secret ci-token of the Key Vault contoso</c>.</summary>
    public abstract string Shown { get; }

    /// <summary>What proves this side to the store, to be masked before anything else is said.</summary>
    public abstract IReadOnlyList<Secret> Secrets { get; }

    public abstract ITokenStore Open(StoreConnection connection);
}

/// <summary>One entry of a store. It knows nothing of tokens: the text is sealed before it comes here.</summary>
internal interface ITokenStore
{
    /// <returns>The text that was written last.</returns>
    /// <exception cref="FailureException">It cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    Task<StoredText> ReadAsync(CancellationToken cancellation);

    /// <summary>Puts a text in place of the last one, whole or not at all.</summary>
    /// <param name="text">What is kept.</param>
    /// <param name="expiresAt">When it is of no use any more, for stores that know such an attribute; UTC.</param>
    /// <param name="cancellation">Cancelled when the job is.</param>
    /// <exception cref="FailureException">It cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    Task WriteAsync(string text, DateTimeOffset expiresAt, CancellationToken cancellation);
}

/// <summary>What a store holds.</summary>
/// <param name="Text">Null when there is none: no secret of that name, or one without a value.</param>
internal sealed record StoredText(string? Text);

/// <summary>Every kind of store there is: one line each.</summary>
internal static class StoreRegistry
{
    public static IReadOnlyList<StoreKind> All { get; } =
    [
        new KeyVaultKind(),
        new SecretsManagerStoreKind(),
    ];

    /// <returns>Null when none is asked for, or the address is wrong.</returns>
    public static StorePlan? Plan(StoreAddress? address, ProcessEnvironment environment, CiIdTokenEndpoint? identity, InputProblems problems)
    {
        if (address is null)
        {
            return null;
        }

        if (All.FirstOrDefault(kind => kind.Scheme == address.Scheme) is { } kind)
        {
            return kind.Plan(address, environment, identity, problems);
        }

        problems.Add(Input.Cache, $"names no kind of store that is known; give {string.Join(" or ", All.Select(known => known.Form))}, or job, or off.");
        return null;
    }
}

/// <summary>What a store is reached with.</summary>
/// <param name="Http">Bounded in time for the store alone, so that what is left suffices for a token request.</param>
/// <param name="Masker">Masks what is obtained on the way: tokens and keys for the store.</param>
/// <param name="UntrustedText">Makes the store's words fit to show.</param>
/// <param name="Time">Dates signatures.</param>
internal sealed record StoreConnection(HttpExchange Http, Masker Masker, UntrustedText UntrustedText, TimeProvider Time)
{
    /// <summary>Tries of one request to a store: one more than none, for the moments that every service has.</summary>
    public const int MaxAttempts = 2;

    /// <returns>A token that was obtained on the way, masked before it is anything else; null when the text cannot be one.</returns>
    public Secret? Masked(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return null;
        }

        var token = new Secret(text);
        Masker.Mask(token);
        return token;
    }
}
