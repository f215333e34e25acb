namespace Ccaas.Action.Tests.TokenCache;

/// <summary>One machine at a store, in a time that passes as fast as it can be computed.</summary>
public sealed class StoreCacheTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly Shelf _shelf = new();
    private readonly TokenSeal _seal;

    public StoreCacheTests() => _seal = TokenSeal.ForStore(Some.Request(), _time);

    [Fact]
    public async Task Token_that_is_there_is_taken_at_once()
    {
        _shelf.Text = _seal.Seal(Held.Token(_time));

        var (held, cache) = await FindAsync();

        Assert.Equal(("some-token", TokenSource.Store), (held!.Value(), held!.Source));
        Assert.Equal((1, 0, TimeSpan.Zero), (_shelf.Reads, _shelf.Writes, _time.Elapsed));
        Assert.Null(cache.Problem);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("something that a person put there")]
    public async Task Machine_that_finds_none_claims_and_requests(string? text)
    {
        _shelf.Text = text;

        var (held, cache) = await FindAsync();

        Assert.Null(held);
        Assert.Equal((3, 1), (_shelf.Reads, _shelf.Writes));
        Assert.InRange(_time.Elapsed.TotalSeconds, 0.5, 2.5);
        await cache.KeepAsync(Held.Token(_time), CancellationToken.None);
        Assert.Equal("some-token", (_seal.Open(_shelf.Text!)).Held!.Value());
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromHours(1), _shelf.ExpiresAt);
    }

    [Fact]
    public async Task Machine_waits_for_the_one_that_has_claimed()
    {
        _shelf.Text = StoreClaim.New(_time.GetUtcNow() + TimeSpan.FromSeconds(10)).Seal(_seal.Key);
        var token = _seal.Seal(Held.Token(_time));
        _shelf.AtRead = read => _shelf.Text = read == 5 ? token : _shelf.Text;

        var (held, _) = await FindAsync();

        Assert.Equal("some-token", held!.Value());
        Assert.Equal((5, 0), (_shelf.Reads, _shelf.Writes));
    }

    /// <summary>Whoever claimed has died.</summary>
    [Fact]
    public async Task Machine_claims_when_a_claim_has_run_out()
    {
        _shelf.Text = StoreClaim.New(_time.GetUtcNow() + TimeSpan.FromSeconds(10)).Seal(_seal.Key);

        var (held, cache) = await FindAsync();

        Assert.Null(held);
        Assert.Null(cache.Problem);
        Assert.Equal(1, _shelf.Writes);
        Assert.InRange(_time.Elapsed.TotalSeconds, 10, 15);
    }

    [Fact]
    public async Task Machine_whose_claim_was_overtaken_waits()
    {
        var token = _seal.Seal(Held.Token(_time));
        var anothers = StoreClaim.New(_time.GetUtcNow() + TimeSpan.FromSeconds(10)).Seal(_seal.Key);
        _shelf.AtRead = read => _shelf.Text = read switch { 3 => anothers, 4 => token, _ => _shelf.Text };

        var (held, _) = await FindAsync();

        Assert.Equal("some-token", held!.Value());
        Assert.Equal((4, 1), (_shelf.Reads, _shelf.Writes));
    }

    /// <summary>A clock elsewhere that is far ahead makes claims that never run out.</summary>
    [Fact]
    public async Task Machine_does_not_wait_for_ever()
    {
        _shelf.Text = StoreClaim.New(_time.GetUtcNow() + TimeSpan.FromDays(1)).Seal(_seal.Key);

        Assert.Null((await FindAsync()).Held);
        Assert.InRange(_time.Elapsed.TotalSeconds, 29, 32);
    }

    [Fact]
    public async Task Store_that_cannot_be_read_is_not_asked_again()
    {
        _shelf.ReadFailure = StoreFailures.Failed("the shelf", "fell over", "", "put it up again.");

        var (held, cache) = await FindAsync();
        await cache.KeepAsync(Held.Token(_time), CancellationToken.None);

        Assert.Null(held);
        Assert.Equal("The shelf fell over.", cache.Problem!.Message);
        Assert.Equal((1, 0, TimeSpan.Zero), (_shelf.Reads, _shelf.Writes, _time.Elapsed));
    }

    [Fact]
    public async Task Store_that_cannot_be_written_keeps_nobody_waiting()
    {
        _shelf.WriteFailure = StoreFailures.Refused("the shelf", "took nothing", "", "give it room.");

        var (held, cache) = await FindAsync();

        Assert.Null(held);
        Assert.Equal("The shelf took nothing.", cache.Problem!.Message);
        Assert.Equal(1, _shelf.Writes);
    }

    [Fact]
    public async Task Cancellation_ends_it()
    {
        using var cancellation = new CancellationTokenSource();
        _shelf.AtRead = _ => cancellation.Cancel();
        using var deadline = new Deadline(_time, TimeSpan.FromSeconds(60));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Cache(deadline).FindAsync(cancellation.Token));
    }

    private async Task<(HeldToken? Held, StoreCache Cache)> FindAsync()
    {
        using var deadline = new Deadline(_time, TimeSpan.FromSeconds(60));
        var cache = Cache(deadline);
        var finding = cache.FindAsync(CancellationToken.None);
        while (!finding.IsCompleted)
        {
            // The deadline's own is the last of all.
            _time.Advance(_time.UntilNextTimer!.Value);
        }

        return (await finding, cache);
    }

    private StoreCache Cache(Deadline deadline) => new("the shelf", () => _shelf, _seal, deadline, () => 0.5, new RecordingLog(), _time);

    private sealed class Shelf : ITokenStore
    {
        public string? Text { get; set; }

        public DateTimeOffset ExpiresAt { get; private set; }

        public int Reads { get; private set; }

        public int Writes { get; private set; }

        public System.Action<int> AtRead { get; set; } = _ => { };

        public FailureException? ReadFailure { get; set; }

        public FailureException? WriteFailure { get; set; }

        public Task<StoredText> ReadAsync(CancellationToken cancellation)
        {
            AtRead(++Reads);
            cancellation.ThrowIfCancellationRequested();
            return ReadFailure is null ? Task.FromResult(new StoredText(Text)) : throw ReadFailure;
        }

        public Task WriteAsync(string text, DateTimeOffset expiresAt, CancellationToken cancellation)
        {
            Writes++;
            (Text, ExpiresAt) = WriteFailure is null ? (text, expiresAt) : throw WriteFailure;
            return Task.CompletedTask;
        }
    }
}
