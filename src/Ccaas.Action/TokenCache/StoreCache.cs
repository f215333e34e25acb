namespace Ccaas.Action.TokenCache;

/// <summary>
/// One token for many machines, in a secret manager. Those know no locks; so a machine that finds no token writes a claim,
/// waits until every claim that was written at the same time must be there, and requests only if its own is still the last
/// (the timed mutual exclusion of Fischer). Where that fails, there is one request more, and nothing worse.
/// </summary>
/// <param name="shown">Which entry of which store, for people.</param>
/// <param name="open">Called when the store is first asked.</param>
/// <param name="seal">Seals what is kept there.</param>
/// <param name="deadline">The time for everything.</param>
/// <param name="chance">A number from 0 up to 1.</param>
/// <param name="log">Where people read.</param>
/// <param name="time">The clock.</param>
internal sealed class StoreCache(string shown, Func<ITokenStore> open, TokenSeal seal, Deadline deadline, Func<double> chance, IRunLog log, TimeProvider time)
{
    /// <summary>Machines that start together are spread over this much before they look again and claim; so few do.</summary>
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(2);

    /// <summary>Longer than a claim takes to be written by one and read by another.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(500);

    /// <summary>How long one machine may take for its request before another claims.</summary>
    private static readonly TimeSpan ClaimLasts = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(10);

    private readonly Lazy<ITokenStore> _store = new(open);

    /// <summary>Why the store cannot be used; null as long as it can.</summary>
    public FailureException? Problem { get; private set; }

    /// <summary>Looks for a token, and where there is none, waits until it is this machine's turn to request one.</summary>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public async Task<HeldToken?> FindAsync(CancellationToken cancellation)
    {
        var first = await LookAsync(isFirst: true, cancellation);
        if (first.Held is not null || Problem is not null)
        {
            return first.Held;
        }

        // A token that is needed soon is not worth waiting for.
        var begun = deadline.Left;
        await WaitAsync(Spread * chance(), cancellation);
        StoreClaim? mine = null;
        while (Problem is null && deadline.Left > begun / 2)
        {
            var (held, claim) = await LookAsync(isFirst: false, cancellation);
            if (held is not null || (mine is not null && claim?.Id == mine.Id))
            {
                return held;
            }

            if (claim is null || claim.Until < time.GetUtcNow())
            {
                mine = StoreClaim.New(Durations.After(time.GetUtcNow(), ClaimLasts));
                await WriteAsync(mine.Seal(seal.Key), mine.Until, cancellation);
                await WaitAsync(Settling, cancellation);
                continue;
            }

            mine = null;
            log.Debug("Another machine is requesting the same token; waiting for it");
            await WaitAsync(Settling * (1 + chance()), cancellation);
        }

        return null;
    }

    /// <summary>Hands a token to the other machines.</summary>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public async Task KeepAsync(HeldToken held, CancellationToken cancellation)
    {
        if (Problem is null && held.Issued.Token.Lifetime is { } lifetime && seal.Seal(held) is { } text)
        {
            await WriteAsync(text, lifetime.ExpiresAt, cancellation);
        }
    }

    private async Task<(HeldToken? Held, StoreClaim? Claim)> LookAsync(bool isFirst, CancellationToken cancellation)
    {
        string? text = null;
        await TryAsync(async limit => text = (await _store.Value.ReadAsync(limit)).Text, cancellation);
        if (text is null)
        {
            return (null, null);
        }

        var (held, why) = seal.Open(text);
        if (held is not null)
        {
            return (held, null);
        }

        var claim = StoreClaim.Open(seal.Key, text);
        if (isFirst && claim is null)
        {
            log.Debug($"The token in {shown} {why}; it is replaced");
        }

        return (null, claim);
    }

    private Task WriteAsync(string text, DateTimeOffset expiresAt, CancellationToken cancellation) =>
        TryAsync(limit => _store.Value.WriteAsync(text, expiresAt, limit), cancellation);

    // What is only helpful must leave time for what is needed.
    private async Task TryAsync(Func<CancellationToken, Task> call, CancellationToken cancellation)
    {
        var longest = TimeSpan.FromTicks(Math.Min(LongestCall.Ticks, deadline.Left.Ticks / 3));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(longest > TimeSpan.Zero ? longest : TimeSpan.Zero);
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
            Problem = StoreFailures.Failed(shown, $"gave no answer within {Durations.Describe(longest)}", "it is not reachable from here, or slow.", "check that this machine may reach it, through a proxy where one is needed.");
        }
    }

    private Task WaitAsync(TimeSpan wait, CancellationToken cancellation) => Task.Delay(wait, time, cancellation);
}

/// <summary>What a machine writes into a store before it requests a token: the others see it and wait.</summary>
/// <param name="Id">Random; whoever reads its own back is the one.</param>
/// <param name="Until">By the writer's clock, when nobody needs to wait for it any more.</param>
internal sealed record StoreClaim(string Id, DateTimeOffset Until)
{
    private const string Claim = "claim";
    private const string ExpiresAt = "exp";

    public static StoreClaim New(DateTimeOffset until) => new(Guid.NewGuid().ToString("N"), until);

    public string Seal(SealingKey key) => SealedText.Seal(key, new JsonText().Add(Claim, Id).Add(ExpiresAt, Until.ToUnixTimeSeconds()).ToBytes());

    /// <returns>Null when the text is something else.</returns>
    public static StoreClaim? Open(SealingKey key, string text) => SealedText.Open(key, text) is not { } opened ? null : JsonField.Read(opened, content =>
        JsonField.Text(content, Claim) is { } id && content.TryGetProperty(ExpiresAt, out var until) && until.ValueKind == JsonValueKind.Number && until.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_800
            ? new StoreClaim(id, DateTimeOffset.FromUnixTimeSeconds(seconds))
            : null);
}
