namespace Ccaas.Action.TokenCache;

/// <summary>
/// Where a cached token may come from, the nearest first: another job, sealed; the job's cache; a store. What
/// cannot be used is told and passed by, as long as the run can request a token by itself.
/// </summary>
/// <param name="policy">What is wanted.</param>
/// <param name="canRequest">Whether there are credentials.</param>
/// <param name="transferSeal">Seals for other jobs; null: not wanted.</param>
/// <param name="job">Null: not wanted, or there is no folder.</param>
/// <param name="store">Null: not wanted.</param>
/// <param name="log">Where people read.</param>
internal sealed class TokenReuse(ReusePolicy policy, bool canRequest, TokenSeal? transferSeal, JobCache? job, StoreCache? store, IRunLog log) : IDisposable
{
    /// <returns>The token; null when one has to be requested, which other processes then wait for.</returns>
    /// <exception cref="FailureException">Nothing may be requested, or a cache that is required cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public async Task<CachedToken?> FindAsync(CancellationToken cancellation)
    {
        if (policy.SealedToken is { } sealedToken)
        {
            var (opened, why) = transferSeal!.Open(sealedToken);
            if (opened is not null)
            {
                // For the steps that follow, and for scripts: they are given nothing.
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

    /// <summary>Hands a token that was requested to everybody who may have it.</summary>
    /// <exception cref="FailureException">A cache that is required cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
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
            log.Warning("Store not used", $"{problem.Message} {(problem.Cause.Length > 0 ? $"Likely cause: {problem.Cause} " : "")}What to do: {problem.Remedy} More: {problem.Link}");
        }
    }

    /// <returns>The token for another job, which is no secret; null when that is not wanted, or nobody knows how long it lasts.</returns>
    public string? Seal(CachedToken cached)
    {
        if (!policy.Seal)
        {
            return null;
        }

        var text = transferSeal!.Seal(cached);
        if (text is null)
        {
            log.Warning("Token not sealed", "The server did not say how long the token lasts, so no other job could tell whether it still does; the output sealed-token is empty.");
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

/// <summary>What ends a run for want of a cached token. Without <c>cache-required</c>, and with credentials, nothing does.</summary>
internal static class ReuseFailures
{
    /// <param name="why">Follows "the sealed token".</param>
    public static FailureException SealedToken(string why) => new(ExitCode.Reuse, "The sealed token cannot be used",
        $"The sealed token {why}, and this job has no credentials to get another.",
        "it was sealed in another run, with another seal-key, or for another provider, region or scope; or the jobs before this one took longer than it lasts.",
        "give the same inputs in both jobs; give the credentials here too, so that a fresh token can take its place; or raise the token's duration at the vendor.",
        "the-sealed-token-cannot-be-used");

    /// <param name="what">Which cache and what is wrong with it, a sentence without its full stop.</param>
    public static FailureException CacheRequired(string what) => new(ExitCode.Reuse, "The cache cannot be used",
        $"{what}; and cache-required is true.",
        "",
        "make the folder writable or make room; or leave cache-required out, so that the step requests a token by itself.",
        "the-cache-cannot-be-used");
}
