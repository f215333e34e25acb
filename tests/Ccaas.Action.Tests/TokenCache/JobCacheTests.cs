namespace Ccaas.Action.Tests.TokenCache;

/// <summary>Two processes of one job, in a time that the test moves.</summary>
public sealed class JobCacheTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ccaas-test-").FullName;
    private readonly ManualTimeProvider _time = new();
    private readonly RecordingLog _log = new();
    private readonly Deadline _deadline;
    private readonly TokenSeal _seal;

    public JobCacheTests()
    {
        _deadline = new Deadline(_time, TimeSpan.FromSeconds(60));
        _seal = TokenSeal.ForJob(Some.Request(), _time);
    }

    public void Dispose()
    {
        _deadline.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Second_waits_for_the_first_and_takes_its_token()
    {
        using var first = Cache();
        using var second = Cache();
        Assert.Null(await first.FindAsync(CancellationToken.None));

        var waiting = second.FindAsync(CancellationToken.None);
        Pass(TimeSpan.FromSeconds(5));
        Assert.False(waiting.IsCompleted);
        first.Save(SomeCachedToken.Token(_time));
        Pass(TimeSpan.FromMilliseconds(200));

        Assert.Equal("some-token", (await waiting)!.Value());
        Assert.Equal("Another process of this job is requesting the same token; waiting for it", Assert.Single(_log.DebugLines));
        // Both have released the lock.
        var name = Directory.GetFiles(_folder, "*.lock").Select(Path.GetFileName).Single();
        using var free = EntryLock.TryTake(_folder, name!);
        Assert.NotNull(free);
        Assert.Matches("^ccaas-token-[0-9a-f]{32}[.]lock$", name);
        Assert.Equal(Path.ChangeExtension(name, "jwe"), Directory.GetFiles(_folder, "*.jwe").Select(Path.GetFileName).Single());
    }

    [Fact]
    public async Task Folder_and_files_are_their_owners_alone()
    {
        var folder = Path.Combine(_folder, "below", "it");
        using var cache = new JobCache(folder, ["some", "request"], _seal, _deadline, _log, _time);
        await cache.FindAsync(CancellationToken.None);
        cache.Save(SomeCachedToken.Token(_time));

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
            Assert.All(Directory.GetFiles(folder), file =>
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        }
    }

    [Fact]
    public async Task Folder_that_cannot_be_made_is_a_problem_and_nobody_waits()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "");
        using var cache = new JobCache(Path.Combine(file, "folder"), ["some", "request"], _seal, _deadline, _log, _time);

        var finding = cache.FindAsync(CancellationToken.None);

        Assert.True(finding.IsCompleted);
        Assert.Null(await finding);
        Assert.Equal("cannot be written; the disk is full, or the folder is read-only", cache.Problem);
        cache.Save(SomeCachedToken.Token(_time));
        Assert.Equal("cannot be written; the disk is full, or the folder is read-only", cache.Problem);
    }

    [Fact]
    public async Task Second_requests_as_soon_as_the_first_has_gone_without_a_token()
    {
        using var second = Cache();
        var first = Cache();
        await first.FindAsync(CancellationToken.None);
        var waiting = second.FindAsync(CancellationToken.None);
        Pass(TimeSpan.FromSeconds(1));

        first.Dispose();
        Pass(TimeSpan.FromMilliseconds(200));

        Assert.Null(await waiting);
        using var third = Cache();
        Assert.False(third.FindAsync(CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task Second_requests_by_itself_when_half_of_its_time_is_up()
    {
        using var first = Cache();
        using var second = Cache();
        await first.FindAsync(CancellationToken.None);

        var waiting = second.FindAsync(CancellationToken.None);
        Pass(TimeSpan.FromSeconds(29.5));
        Assert.False(waiting.IsCompleted);
        Pass(TimeSpan.FromSeconds(1));

        Assert.Null(await waiting);
        Assert.Equal("Another process of this job has not got its token within 30 s; requesting another", Assert.Single(_log.Lines));
        // What it gets is kept all the same.
        second.Save(SomeCachedToken.Token(_time, "of-the-second"));
        Assert.Equal("of-the-second", (await Cache().FindAsync(CancellationToken.None))!.Value());
    }

    [Fact]
    public async Task Cancellation_ends_the_wait()
    {
        using var first = Cache();
        using var second = Cache();
        using var cancellation = new CancellationTokenSource();
        await first.FindAsync(CancellationToken.None);
        var waiting = second.FindAsync(cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Token_that_was_forgotten_is_not_found()
    {
        using (var first = Cache())
        {
            await first.FindAsync(CancellationToken.None);
            first.Save(SomeCachedToken.Token(_time));
        }

        using var second = Cache();
        Assert.NotNull(await second.FindAsync(CancellationToken.None));
        second.Invalidate();

        Assert.Null(await Cache().FindAsync(CancellationToken.None));
    }

    /// <summary>A process that was killed in the middle of a write leaves a file that nobody reads; later writes remove it.</summary>
    [Fact]
    public async Task Leftovers_of_killed_processes_are_removed_once_they_are_old()
    {
        using var cache = Cache();
        await cache.FindAsync(CancellationToken.None);
        cache.Save(SomeCachedToken.Token(_time));
        var entry = Directory.GetFiles(_folder, "*.jwe").Single();
        var (old, young, others) = ($"{entry}.0123.new", $"{entry}.4567.new", Path.Combine(_folder, "another.jwe.0123.new"));
        foreach (var file in new[] { old, young, others })
        {
            await File.WriteAllTextAsync(file, "half of a tok");
            File.SetLastWriteTimeUtc(file, (_time.GetUtcNow() - TimeSpan.FromMinutes(file == young ? 10 : 11)).UtcDateTime);
        }

        cache.Save(SomeCachedToken.Token(_time));

        Assert.Equal((false, true, true), (File.Exists(old), File.Exists(young), File.Exists(others)));
    }

    /// <summary>A container runs as root; what it leaves must belong to whoever the folder belongs to.</summary>
    [Fact]
    public async Task Files_belong_to_the_owner_of_the_folder()
    {
        if (Environment.UserName != "root")
        {
            return;
        }

        using (System.Diagnostics.Process.Start("chown", ["1001:1002", _folder]))
        {
        }

        SpinWait.SpinUntil(() => Owner(_folder) == "1001:1002", TimeSpan.FromSeconds(10));
        using var cache = Cache();
        await cache.FindAsync(CancellationToken.None);
        cache.Save(SomeCachedToken.Token(_time));

        Assert.Equal(["1001:1002", "1001:1002"], Directory.GetFiles(_folder).Select(Owner));
    }

    private static string Owner(string path)
    {
        using var stat = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("stat", ["-c", "%u:%g", path]) { RedirectStandardOutput = true })!;
        return stat.StandardOutput.ReadToEnd().Trim();
    }

    private JobCache Cache() => new(_folder, ["some", "request"], _seal, _deadline, _log, _time);

    private void Pass(TimeSpan span) => _time.Advance(span);
}
