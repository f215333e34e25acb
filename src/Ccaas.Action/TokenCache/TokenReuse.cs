namespace Ccaas.Action.TokenCache;

/// <summary>
/// Finds a cached token: the sealed token of another job, the job's cache, a store, in this order. One that cannot be used is reported
/// and skipped, if the run can request a token itself.
/// </summary>
/// <param name="policy">The inputs about reuse.</param>
/// <param name="canRequest">Whether there are credentials.</param>
/// <param name="transferSeal">Seals for other jobs; null: not needed.</param>
/// <param name="job">Null: off, or there is no folder.</param>
/// <param name="store">Null: off.</param>
/// <param name="log">The log.</param>
internal sealed class TokenReuse(ReusePolicy policy, bool canRequest, TokenSeal? transferSeal, JobCache? job, StoreCache? store,
    IRunLog log) : IDisposable
{
    /// <returns>The token; null when this run has to request one, for which other processes then wait.</returns>
    /// <exception cref="FailureException">There are no credentials for a request, or a required cache cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The job was canceled.</exception>
    public async Task<CachedToken?> FindAsync(CancellationToken cancellation)
    {
        if (policy.SealedToken is { } sealedToken)
        {
            var (opened, why) = transferSeal!.Open(sealedToken);
            if (opened is not null)
            {
                // For later steps and scripts, which do not get the sealed token.
                job?.Save(opened);
                return opened;
            }

            if (!canRequest)
            {
                throw ReuseFailures.SealedToken(why);
            }

            log.Warning("Sealed token not used", $"The sealed token {why}; this step gets another.");
        }

        if (job is not null && await job.FindAsync(cancellation) is { } cached)
        {
            return cached;
        }

        if (store is not null && await store.FindAsync(cancellation) is { } stored)
        {
            job?.Save(stored);
            return stored;
        }

        ThrowIfRequired();
        return null;
    }

    /// <summary>Caches a token that was requested.</summary>
    /// <exception cref="FailureException">A cache that is required cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The job was canceled.</exception>
    public async Task SaveAsync(CachedToken cached, CancellationToken cancellation)
    {
        job?.Save(cached);
        if (store is not null)
        {
            await store.SaveAsync(cached, cancellation);
        }

        ThrowIfRequired();
        if (job?.Problem is { } notCached)
        {
            log.Info($"The token is not cached for other steps of this job: the folder for it {notCached}");
        }

        if (store?.Problem is { } problem)
        {
            log.Warning("Store not used", $"{problem.Message} {(problem.Cause.Length > 0 ? $"Likely cause: {problem.Cause} " : "")}What "
                + $"to do: {problem.Remedy} More: {problem.Link}");
        }
    }

    /// <returns>The sealed token for other jobs; null without seal, or when its lifetime is not known.</returns>
    public string? Seal(CachedToken cached)
    {
        if (!policy.Seal)
        {
            return null;
        }

        var text = transferSeal!.Seal(cached);
        if (text is null)
        {
            log.Warning("Token not sealed", "The server did not say how long the token lasts, so no other job could tell whether it "
                + "still does; the output sealed-token is empty.");
        }

        return text;
    }

    /// <summary>The token that was found is no longer valid.</summary>
    public void Invalidate() => job?.Invalidate();

    public void Dispose() => job?.Dispose();

    private void ThrowIfRequired()
    {
        FailureException? failure = (policy.IsRequired, store?.Problem, job) switch
        {
            (true, { } problem, _) => problem.WithExitCode(ExitCode.Reuse),
            (true, null, { Problem: { } folder }) => ReuseFailures.CacheRequired($"The folder for the job's cache {folder}"),
            (true, null, null) => ReuseFailures.CacheRequired("There is no folder that lasts as long as the job"),
            _ => null,
        };
        if (failure is not null)
        {
            throw failure;
        }
    }
}

/// <summary>Failures without a cached token. With credentials and without <c>cache-required</c> there are none.</summary>
internal static class ReuseFailures
{
    /// <param name="why">The reason, following "the sealed token".</param>
    public static FailureException SealedToken(string why) => new(ExitCode.Reuse, "The sealed token cannot be used",
        $"The sealed token {why}, and this job has no credentials to get another.",
        "it was sealed in another run, with another seal-key, or for another provider, region or scope; or the jobs before this one took "
            + "longer than it lasts.",
        "give the same inputs in both jobs; give the credentials here too, so that a fresh token can take its place; or raise the "
            + "token's duration at the vendor.",
        "the-sealed-token-cannot-be-used");

    /// <param name="what">The cache and its problem, without a period.</param>
    public static FailureException CacheRequired(string what) => new(ExitCode.Reuse, "The cache cannot be used",
        $"{what}; and cache-required is true.",
        "",
        "make the folder writable or make room; or leave cache-required out, so that the step requests a token by itself.",
        "the-cache-cannot-be-used");
}
