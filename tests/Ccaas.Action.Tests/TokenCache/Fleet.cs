namespace Ccaas.Action.Tests.TokenCache;

/// <summary>Many machines over one store, in a time that passes as fast as it can be computed.</summary>
internal sealed class Fleet
{
    private readonly ManualTimeProvider _time;
    private readonly Dice _dice;
    private readonly SlowStore _store;
    private readonly TokenSeal _seal;

    private Fleet(int seed, TokenSeal seal, ManualTimeProvider time)
    {
        _dice = new Dice(seed);
        _time = time;
        _store = new SlowStore(_time, _dice);
        _seal = seal;
    }

    public int TokenRequests { get; private set; }

    public int StoreCalls => _store.Reads + _store.Writes;

    public int Writes => _store.Writes;

    /// <summary>From a machine's start to its token, the longest.</summary>
    public TimeSpan Longest { get; private set; }

    /// <param name="machines">How many.</param>
    /// <param name="within">They start evenly spread over this.</param>
    /// <param name="seed">Of everything that is left to chance.</param>
    public static async Task<Fleet> RunAsync(int machines, TimeSpan within, int seed)
    {
        // Nothing goes on anywhere but where time is moved.
        SynchronizationContext.SetSynchronizationContext(null);
        var time = new ManualTimeProvider();
        var seal = TokenSeal.ForStore(Some.Request(), time);
        var fleet = new Fleet(seed, seal, time);
        var runs = Enumerable.Range(0, machines).Select(machine => fleet.RunMachineAsync(within * machine / machines)).ToList();
        while (time.UntilNextTimer is { } next)
        {
            time.Advance(next);
        }

        await Task.WhenAll(runs);
        return fleet;
    }

    private async Task RunMachineAsync(TimeSpan start)
    {
        await Task.Delay(start, _time);
        var begun = _time.Elapsed;
        using var deadline = new Deadline(TimeProvider.System, TimeSpan.FromSeconds(60));
        var cache = new StoreCache("the store", () => _store, _seal, deadline, _dice.Next, new RecordingLog(), _time);
        if (await cache.FindAsync(CancellationToken.None) is null)
        {
            TokenRequests++;
            var requested = (_time.GetUtcNow(), _time.GetTimestamp());
            // What a vendor's token endpoint takes.
            await Task.Delay(TimeSpan.FromMilliseconds(200 + (_dice.Next() * 300)), _time);
            var token = new AccessToken(new Secret("some-token"), new Lifetime(TimeSpan.FromHours(24), requested.Item1, requested.Item2));
            await cache.SaveAsync(new CachedToken(new TokenResponse(token, 1), new VendorApi(null, ""), TokenSource.Issued),
                CancellationToken.None);
        }

        Assert.Null(cache.Problem);
        var took = _time.Elapsed - begun;
        Longest = took > Longest ? took : Longest;
    }
}
