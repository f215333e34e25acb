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
        _shelf.Text = _seal.Seal(SomeCachedToken.Token(_time));

        var (cached, cache) = await FindAsync();

        Assert.Equal(("some-token", TokenSource.Store), (cached!.Value(), cached!.Source));
        Assert.Equal((1, 0, TimeSpan.Zero), (_shelf.Reads, _shelf.Writes, _time.Elapsed));
        Assert.Null(cache.Problem);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n")]
    public async Task Machine_that_finds_nothing_waits_looks_again_and_requests(string? text)
    {
        _shelf.Text = text;

        var (cached, cache) = await FindAsync();

        Assert.Null(cached);
        Assert.Equal((2, 0), (_shelf.Reads, _shelf.Writes));
        Assert.InRange(_time.Elapsed.TotalSeconds, 1.5, 2);
        await cache.SaveAsync(SomeCachedToken.Token(_time), CancellationToken.None);
        Assert.Equal("some-token", _seal.Open(_shelf.Text!).Token!.Value());
        Assert.Equal((1, _time.GetUtcNow() + TimeSpan.FromHours(1)), (_shelf.Writes, _shelf.ExpiresAt));
    }

    [Fact]
    public async Task Machine_takes_what_another_stored_while_it_waited()
    {
        var token = _seal.Seal(SomeCachedToken.Token(_time));
        _shelf.AtRead = read => _shelf.Text = read == 2 ? token : null;

        var (cached, _) = await FindAsync();

        Assert.Equal("some-token", cached!.Value());
        Assert.Equal((2, 0), (_shelf.Reads, _shelf.Writes));
    }

    /// <summary>Sealed for another client: ours in form, of no use here, and replaced.</summary>
    [Fact]
    public async Task Sealed_token_of_another_client_is_replaced()
    {
        var other = Some.Request() with { Plan = Some.Plan with { Client = Some.Client("another", "another-secret-that-is-long-enough") } };
        _shelf.Text = TokenSeal.ForStore(other, _time).Seal(SomeCachedToken.Token(_time));

        var (cached, cache) = await FindAsync();
        await cache.SaveAsync(SomeCachedToken.Token(_time), CancellationToken.None);

        Assert.Null(cached);
        Assert.Null(cache.Problem);
        Assert.Equal("some-token", _seal.Open(_shelf.Text!).Token!.Value());
    }

    [Theory]
    [InlineData("db-password")]
    [InlineData("{}")]
    [InlineData("{\"username\":\"admin\",\"password\":\"secret\"}")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl")]
    [InlineData("eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoib3RoZXIifQ..bm9uY2U.Y2lwaGVy.dGFn")]
    public async Task Secret_of_something_else_is_left_unchanged(string text)
    {
        _shelf.Text = text;

        var (cached, cache) = await FindAsync();
        await cache.SaveAsync(SomeCachedToken.Token(_time), CancellationToken.None);

        Assert.Null(cached);
        Assert.Equal("The shelf holds a text that is no sealed token, and is left unchanged.", cache.Problem!.Message);
        Assert.DoesNotContain(text, string.Join('\n', cache.Problem.Lines()), StringComparison.Ordinal);
        Assert.Equal((text, 1, 0), (_shelf.Text, _shelf.Reads, _shelf.Writes));
    }

    /// <summary>Between the two looks somebody stores a secret of their own.</summary>
    [Fact]
    public async Task Secret_that_appears_during_the_wait_is_left_unchanged()
    {
        _shelf.AtRead = read => _shelf.Text = read == 2 ? "db-password" : null;

        var (_, cache) = await FindAsync();
        await cache.SaveAsync(SomeCachedToken.Token(_time), CancellationToken.None);

        Assert.Equal(("db-password", 0), (_shelf.Text, _shelf.Writes));
    }

    [Fact]
    public async Task Store_that_cannot_be_read_is_not_asked_again()
    {
        _shelf.ReadFailure = StoreFailures.Failed("the shelf", "fell over", "", "put it up again.");

        var (cached, cache) = await FindAsync();
        await cache.SaveAsync(SomeCachedToken.Token(_time), CancellationToken.None);

        Assert.Null(cached);
        Assert.Equal("The shelf fell over.", cache.Problem!.Message);
        Assert.Equal((1, 0, TimeSpan.Zero), (_shelf.Reads, _shelf.Writes, _time.Elapsed));
    }

    [Fact]
    public async Task Store_that_cannot_be_written_is_a_problem()
    {
        _shelf.WriteFailure = StoreFailures.Refused("the shelf", "took nothing", "", "give it room.");

        var (_, cache) = await FindAsync();
        await cache.SaveAsync(SomeCachedToken.Token(_time), CancellationToken.None);

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

    private async Task<(CachedToken? SomeCachedToken, StoreCache Cache)> FindAsync()
    {
        // Nothing goes on anywhere but where time is moved.
        SynchronizationContext.SetSynchronizationContext(null);
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

    private sealed class Shelf : ISecretStore
    {
        public string? Text { get; set; }

        public DateTimeOffset ExpiresAt { get; private set; }

        public int Reads { get; private set; }

        public int Writes { get; private set; }

        public System.Action<int> AtRead { get; set; } = _ => { };

        public FailureException? ReadFailure { get; set; }

        public FailureException? WriteFailure { get; set; }

        public Task<string?> ReadAsync(CancellationToken cancellation)
        {
            AtRead(++Reads);
            cancellation.ThrowIfCancellationRequested();
            return ReadFailure is null ? Task.FromResult(Text) : throw ReadFailure;
        }

        public Task WriteAsync(string text, DateTimeOffset expiresAt, CancellationToken cancellation)
        {
            Writes++;
            (Text, ExpiresAt) = WriteFailure is null ? (text, expiresAt) : throw WriteFailure;
            return Task.CompletedTask;
        }
    }
}
