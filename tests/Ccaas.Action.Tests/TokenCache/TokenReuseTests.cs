namespace Ccaas.Action.Tests.TokenCache;

/// <summary>In which order caches are used, and what happens when one cannot be used.</summary>
public sealed class TokenReuseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ccaas-test-").FullName;
    private readonly ManualTimeProvider _time = new() { PassesAtOnce = span => span < TimeSpan.FromSeconds(5) };
    private readonly RecordingLog _log = new();
    private readonly Shelf _shelf = new();
    private readonly Deadline _deadline;
    private readonly TokenSeal _storeSeal;

    public TokenReuseTests()
    {
        _deadline = new Deadline(_time, TimeSpan.FromSeconds(60));
        _storeSeal = TokenSeal.ForStore(Some.Request(), _time);
    }

    public void Dispose()
    {
        _deadline.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Token_of_the_store_is_cached_for_later_steps()
    {
        _shelf.Text = _storeSeal.Seal(SomeCachedToken.Token(_time));
        using (var reuse = Reuse(Job(), Store()))
        {
            Assert.Equal(TokenSource.Store, (await reuse.FindAsync(CancellationToken.None))!.Source);
        }

        _shelf.Text = null;
        using var later = Reuse(Job(), Store());
        Assert.Equal(TokenSource.Cache, (await later.FindAsync(CancellationToken.None))!.Source);
    }

    [Fact]
    public async Task Sealed_token_is_cached_for_later_steps()
    {
        var seal = TokenSeal.ForTransfer(Some.Request(), null, _time);
        using (var reuse = new TokenReuse(
            new ReusePolicy { SealedToken = seal.Seal(SomeCachedToken.Token(_time)) }, canRequest: false, seal, Job(), null, _log))
        {
            Assert.Equal(TokenSource.Sealed, (await reuse.FindAsync(CancellationToken.None))!.Source);
            Assert.Null(reuse.Seal(SomeCachedToken.Token(_time)));
        }

        using var later = Reuse(Job(), null);
        Assert.Equal(TokenSource.Cache, (await later.FindAsync(CancellationToken.None))!.Source);
    }

    [Theory]
    [InlineData("it sits too high.",
        "Store not used: The shelf fell over. Likely cause: it sits too high. What to do: put it up again. More: {0}")]
    [InlineData("", "Store not used: The shelf fell over. What to do: put it up again. More: {0}")]
    public async Task Store_that_cannot_be_used_is_a_warning(string cause, string warning)
    {
        _shelf.ReadFailure = StoreFailures.Failed("the shelf", "fell over", cause, "put it up again.");
        using var reuse = Reuse(null, Store());

        Assert.Null(await reuse.FindAsync(CancellationToken.None));
        await reuse.SaveAsync(SomeCachedToken.Token(_time), CancellationToken.None);

        Assert.Equal(warning.Replace("{0}", _shelf.ReadFailure.Link, StringComparison.Ordinal), Assert.Single(_log.Warnings));
        Assert.Empty(_log.Lines);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Required_store_that_cannot_be_used_ends_the_run(bool atRead)
    {
        var failure = StoreFailures.Failed("the shelf", "fell over", "", "put it up again.").WithExitCode(ExitCode.Network);
        _shelf.ReadFailure = atRead ? failure : null;
        _shelf.WriteFailure = atRead ? null : failure;
        using var reuse = Reuse(Job(), Store(), isRequired: true);

        var thrown = await Assert.ThrowsAsync<FailureException>(async () =>
        {
            await reuse.FindAsync(CancellationToken.None);
            Assert.False(atRead);
            await reuse.SaveAsync(SomeCachedToken.Token(_time), CancellationToken.None);
        });

        Assert.Equal(("The shelf fell over.", ExitCode.Reuse), (thrown.Message, thrown.ExitCode));
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public async Task Required_cache_without_a_folder_ends_the_run()
    {
        using var reuse = Reuse(null, null, isRequired: true);

        var thrown = await Assert.ThrowsAsync<FailureException>(() => reuse.FindAsync(CancellationToken.None));

        Assert.Equal(("There is no folder that lasts as long as the job; and cache-required is true.", ExitCode.Reuse),
            (thrown.Message, thrown.ExitCode));
    }

    [Fact]
    public async Task Required_folder_that_cannot_be_written_ends_the_run_and_another_does_not()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "");
        using var required = Reuse(Job(Path.Combine(file, "folder")), null, isRequired: true);
        var thrown = await Assert.ThrowsAsync<FailureException>(() => required.FindAsync(CancellationToken.None));
        Assert.StartsWith("The folder for the job's cache cannot be written", thrown.Message, StringComparison.Ordinal);

        using var reuse = Reuse(Job(Path.Combine(file, "folder")), null);
        Assert.Null(await reuse.FindAsync(CancellationToken.None));
        await reuse.SaveAsync(SomeCachedToken.Token(_time), CancellationToken.None);
        Assert.Equal(
            "The token is not cached for other steps of this job: the folder for it cannot be written; the disk is full, or the folder "
                + "is read-only",
            Assert.Single(_log.Lines));
    }

    private TokenReuse Reuse(JobCache? job, StoreCache? store, bool isRequired = false) =>
        new(new ReusePolicy { IsRequired = isRequired }, canRequest: true, null, job, store, _log);

    private JobCache Job(string? folder = null) =>
        new(folder ?? _folder, ["some", "request"], TokenSeal.ForJob(Some.Request(), _time), _deadline, _log, _time);

    private StoreCache Store() => new("the shelf", () => _shelf, _storeSeal, _deadline, () => 0.5, _log, _time);
}
