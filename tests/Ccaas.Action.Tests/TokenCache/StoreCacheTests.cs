namespace Ccaas.Action.Tests.TokenCache;

/// <summary>One machine at a store, in a time that passes as fast as it can be computed.</summary>
public sealed class StoreCacheTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly Shelf _shelf = new();
    private readonly RecordingLog _log = new();
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
        // 2 s × ln(1 + 0.5 × (e⁶ - 1)) / 6
        Assert.Equal(1.769, _time.Elapsed.TotalSeconds, 0.0005);
        await SaveAsync(cache);
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
        await SaveAsync(cache);

        Assert.Null(cached);
        Assert.Null(cache.Problem);
        Assert.Equal("some-token", _seal.Open(_shelf.Text!).Token!.Value());
        Assert.All(_log.DebugLines, line => Assert.Equal("The token in the shelf was sealed with another secret, or for other inputs; it "
            + "is replaced", line));
        Assert.Equal(2, _log.DebugLines.Count);
    }

    /// <summary>A step with little time left does not wait for other machines.</summary>
    [Theory]
    [InlineData(3.5, 0)]
    [InlineData(3.6, 1.769)]
    public async Task Machine_waits_only_when_half_of_its_time_is_left(double timeout, double wait)
    {
        var (cached, _) = await FindAsync(timeout);

        Assert.Null(cached);
        Assert.Equal(wait, _time.Elapsed.TotalSeconds, 0.0005);
    }

    /// <summary>A third of the time, and 10 seconds at most.</summary>
    [Theory]
    [InlineData(12, "timed out after 4 s")]
    [InlineData(60, "timed out after 10 s")]
    public async Task Store_that_does_not_respond_is_a_problem(double timeout, string message)
    {
        _shelf.Hangs = true;

        var (cached, cache) = await FindAsync(timeout);

        Assert.Null(cached);
        Assert.Equal($"The shelf {message}.", cache.Problem!.Message);
        Assert.Equal("check that this machine may reach it, through a proxy where one is needed.", cache.Problem.Remedy);
        Assert.NotEqual("", cache.Problem.Cause);
        Assert.Equal(1, _shelf.Reads);
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
        await SaveAsync(cache);

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
        await SaveAsync(cache);

        Assert.Equal(("db-password", 0), (_shelf.Text, _shelf.Writes));
    }

    [Fact]
    public async Task Store_that_cannot_be_read_is_not_asked_again()
    {
        _shelf.ReadFailure = StoreFailures.Failed("the shelf", "fell over", "", "put it up again.");

        var (cached, cache) = await FindAsync();
        await SaveAsync(cache);

        Assert.Null(cached);
        Assert.Equal("The shelf fell over.", cache.Problem!.Message);
        Assert.Equal((1, 0, TimeSpan.Zero), (_shelf.Reads, _shelf.Writes, _time.Elapsed));
    }

    [Fact]
    public async Task Store_that_cannot_be_written_is_a_problem()
    {
        _shelf.WriteFailure = StoreFailures.Refused("the shelf", "took nothing", "", "give it room.");

        var (_, cache) = await FindAsync();
        await SaveAsync(cache);

        Assert.Equal("The shelf took nothing.", cache.Problem!.Message);
        Assert.Equal(1, _shelf.Writes);
    }

    /// <summary>Bounded: one write, and two reads to find it.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("an older token")]
    public async Task Store_that_does_not_return_what_was_written_is_a_problem(string? text)
    {
        var shown = text is null ? null : TokenSeal.ForStore(Some.Request(), _time).Seal(SomeCachedToken.Token(_time));
        var (_, cache) = await FindAsync();
        _time.Advance(TimeSpan.FromHours(2));
        _shelf.AtRead = _ => _shelf.Text = shown;

        var before = _time.Elapsed;

        await SaveAsync(cache);

        Assert.Equal(1, (_time.Elapsed - before).TotalSeconds, 0.0005);
        Assert.Equal("The shelf accepted a token, but does not return it.", cache.Problem!.Message);
        Assert.Equal((4, 1), (_shelf.Reads, _shelf.Writes));
    }

    /// <summary>With less than two seconds left, the token is published rather than looked for again.</summary>
    [Theory]
    [InlineData(3.7, 3)]
    [InlineData(3.8, 4)]
    public async Task Write_is_looked_for_again_only_when_there_is_time(double timeout, int reads)
    {
        // The wait before the request has taken 1.769 s.
        var (_, cache) = await FindAsync(timeout);
        _shelf.AtRead = _ => _shelf.Text = null;

        await SaveAsync(cache);

        Assert.Equal("The shelf accepted a token, but does not return it.", cache.Problem!.Message);
        Assert.Equal(reads, _shelf.Reads);
    }

    [Fact]
    public async Task Store_that_returns_a_token_a_second_after_it_was_written_is_fine()
    {
        var (_, cache) = await FindAsync();
        _shelf.AtRead = read => _shelf.Text = read == 3 ? null : _seal.Seal(SomeCachedToken.Token(_time));

        await SaveAsync(cache);

        Assert.Null(cache.Problem);
        Assert.Equal((4, 1), (_shelf.Reads, _shelf.Writes));
    }

    /// <summary>This step would not reuse it, because it lasts less than minimum-validity; but it is what was written.</summary>
    [Fact]
    public async Task Token_that_is_too_short_for_this_step_is_stored_without_a_problem()
    {
        var (_, cache) = await FindAsync();

        RunWhereTimeIsMoved();
        var saving = cache.SaveAsync(SomeCachedToken.Token(_time, seconds: 10), CancellationToken.None);
        Complete(saving);
        await saving;

        Assert.Null(cache.Problem);
        Assert.Equal((3, 1), (_shelf.Reads, _shelf.Writes));
        Assert.Empty(_log.DebugLines);
    }

    [Fact]
    public async Task Secret_that_appears_after_the_write_is_a_problem()
    {
        var (_, cache) = await FindAsync();
        _shelf.AtRead = _ => _shelf.Text = "db-password";

        await SaveAsync(cache);

        Assert.Equal("The secret belongs to something else", cache.Problem!.Title);
        Assert.Equal((3, 1), (_shelf.Reads, _shelf.Writes));
    }

    [Fact]
    public async Task Cancellation_ends_it()
    {
        using var cancellation = new CancellationTokenSource();
        _shelf.AtRead = _ => cancellation.Cancel();
        using var deadline = new Deadline(_time, TimeSpan.FromSeconds(60));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Cache(deadline).FindAsync(cancellation.Token));
    }

    private async Task<(CachedToken? SomeCachedToken, StoreCache Cache)> FindAsync(double timeout = 10000)
    {
        RunWhereTimeIsMoved();
        var cache = Cache(new Deadline(_time, TimeSpan.FromSeconds(timeout)));
        var finding = cache.FindAsync(CancellationToken.None);
        Complete(finding);
        return (await finding, cache);
    }

    private async Task SaveAsync(StoreCache cache)
    {
        RunWhereTimeIsMoved();
        var saving = cache.SaveAsync(SomeCachedToken.Token(_time), CancellationToken.None);
        Complete(saving);
        await saving;
    }

    private static void RunWhereTimeIsMoved() => SynchronizationContext.SetSynchronizationContext(null);

    private void Complete(Task task)
    {
        while (!task.IsCompleted)
        {
            // The deadline's own timer is the last of all.
            _time.Advance(_time.UntilNextTimer!.Value);
        }
    }

    private StoreCache Cache(Deadline deadline) => new("the shelf", () => _shelf, _seal, deadline, () => 0.5, _log, _time);
}
