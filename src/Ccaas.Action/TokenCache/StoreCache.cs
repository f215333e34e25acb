namespace Ccaas.Action.TokenCache;

/// <summary>
/// One token for many machines, in a secret store. A machine that finds none waits for a random time, reads again, and only then
/// requests one. Most waits are long and few are short, so that a handful of the machines that start together request one (the
/// timers of RFC 5401 §3.2.2). There is no lock, so a machine that dies blocks no other.
/// </summary>
/// <param name="shown">The entry's name in messages.</param>
/// <param name="open">Opens the store when it is first used.</param>
/// <param name="seal">Seals the token.</param>
/// <param name="deadline">The run's timeout.</param>
/// <param name="random">A number from 0 up to 1.</param>
/// <param name="log">The log.</param>
/// <param name="time">The clock.</param>
internal sealed class StoreCache(
    string shown, Func<ISecretStore> open, TokenSeal seal, Deadline deadline, Func<double> random, IRunLog log, TimeProvider time)
{
    /// <summary>Several times the duration of a token request and a write.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>The logarithm of the number of machines from which on requests grow with it: 400, more than the jobs of a matrix.</summary>
    private const double Crowd = 6;

    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(10);

    /// <summary>AWS Secrets Manager is eventually consistent: a read may miss a write that just ended.</summary>
    private static readonly TimeSpan ConsistencyDelay = TimeSpan.FromSeconds(1);

    private readonly Lazy<ISecretStore> _store = new(open);

    /// <summary>Why the store cannot be used; null if it can.</summary>
    public FailureException? Problem { get; private set; }

    /// <returns>The token; null when this machine is to request one.</returns>
    /// <exception cref="OperationCanceledException">The job was canceled.</exception>
    public async Task<CachedToken?> FindAsync(CancellationToken cancellation)
    {
        var found = await LookAsync(cancellation);
        if (found is not null || Problem is not null)
        {
            return found;
        }

        var wait = LongestWait * (Math.Log(1 + (random() * (Math.Exp(Crowd) - 1))) / Crowd);
        // Half of the time is reserved for the token request.
        await Task.Delay(wait < deadline.Remaining / 2 ? wait : TimeSpan.Zero, time, cancellation);
        return await LookAsync(cancellation);
    }

    /// <summary>Stores a token for the other machines.</summary>
    /// <exception cref="OperationCanceledException">The job was canceled.</exception>
    public async Task SaveAsync(CachedToken cached, CancellationToken cancellation)
    {
        if (Problem is null && cached.Issued.Token.Lifetime is { } lifetime && seal.Seal(cached) is { } text)
        {
            await TryAsync(limit => _store.Value.WriteAsync(text, lifetime.ExpiresAt, limit), cancellation);
            if (Problem is null && !await IsReturnedAsync(text, cancellation))
            {
                Problem ??= StoreFailures.WriteNotReturned(shown);
            }
        }
    }

    /// <summary>Whether the store returns what was written, or a token of another machine. If not, every run requests a token.</summary>
    private async Task<bool> IsReturnedAsync(string written, CancellationToken cancellation)
    {
        if (IsReturned(await ReadAsync(cancellation)))
        {
            return true;
        }

        if (Problem is not null || deadline.Remaining < ConsistencyDelay * 2)
        {
            return false;
        }

        await Task.Delay(ConsistencyDelay, time, cancellation);
        return IsReturned(await ReadAsync(cancellation));

        // The text first: this step may not reuse its own token, if that is short.
        bool IsReturned(string? text) => text == written || (text is not null && seal.Open(text).Token is not null);
    }

    private async Task<CachedToken?> LookAsync(CancellationToken cancellation)
    {
        if (await ReadAsync(cancellation) is not { } text)
        {
            return null;
        }

        var (cached, why) = seal.Open(text);
        if (cached is null)
        {
            log.Debug($"The token in {shown} {why}; it is replaced");
        }

        return cached;
    }

    /// <returns>A sealed token; null when there is none, or the store cannot be used.</returns>
    private async Task<string?> ReadAsync(CancellationToken cancellation)
    {
        string? text = null;
        await TryAsync(async limit => text = await _store.Value.ReadAsync(limit), cancellation);
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (SealedText.KeyId(text) is not null)
        {
            return text;
        }

        // The secret of something else: a mistyped name must not destroy it, and no permission protects it from this program.
        Problem = StoreFailures.NotOurs(shown);
        return null;
    }

    // The store is optional: it must leave time for the token request.
    private async Task TryAsync(Func<CancellationToken, Task> call, CancellationToken cancellation)
    {
        var longest = TimeSpan.FromTicks(Math.Min(LongestCall.Ticks, deadline.Remaining.Ticks / 3));
        using var timeout = new CancellationTokenSource(longest > TimeSpan.Zero ? longest : TimeSpan.Zero, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            await call(limit.Token);
        }
        catch (FailureException failure)
        {
            Problem = failure;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            Problem = StoreFailures.Failed(shown,
                $"timed out after {Durations.Describe(longest)}",
                "it is not reachable from here, or slow.",
                "check that this machine may reach it, through a proxy where one is needed.");
        }
    }
}
