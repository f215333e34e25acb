namespace Ccaas.Action.TokenCache;

/// <summary>
/// One token for all steps of a job with the same request and secrets, in a file of the job's folder. If several processes need it
/// at once, one of them requests it, and the others wait and reuse it.
/// </summary>
internal sealed class JobCache : IDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    private readonly string _folder;
    private readonly string _name;
    private readonly TokenSeal _seal;
    private readonly EntryFile _file;
    private readonly Deadline _deadline;
    private readonly IRunLog _log;
    private readonly TimeProvider _time;
    private EntryLock? _lock;
    private string? _notUsable;

    public JobCache(string folder, IEnumerable<string> identity, TokenSeal seal, Deadline deadline, IRunLog log, TimeProvider time)
    {
        _folder = folder;
        _name = $"ccaas-token-{Digest.Of(identity)}";
        _seal = seal;
        _file = new EntryFile(folder, $"{_name}.jwe", time);
        _deadline = deadline;
        _log = log;
        _time = time;
    }

    /// <summary>Why the folder cannot be used, following "the folder"; null if it can.</summary>
    public string? Problem { get; private set; }

    /// <summary>
    /// Finds a token. If there is none, waits for the right to request one: other processes then wait until <see cref="Save"/> or
    /// <see cref="Dispose"/>.
    /// </summary>
    /// <exception cref="OperationCanceledException">The job was canceled.</exception>
    public async Task<CachedToken?> FindAsync(CancellationToken cancellation)
    {
        // Half of the time is reserved for a request of this process, if the other process gets no token.
        var (begun, wait, isLogged) = (_deadline.Remaining, FirstWait, false);
        while (true)
        {
            if (Look() is { } there)
            {
                Dispose();
                return there;
            }

            if (_lock is not null || Problem is not null || !TryLock())
            {
                return null;
            }

            if (_lock is not null)
            {
                // Reads once more: the last holder of the lock may have stored a token.
                continue;
            }

            if (_deadline.Remaining < begun / 2)
            {
                _log.Info($"Another process of this job has not got its token within {Durations.Describe(begun - _deadline.Remaining)}; "
                    + "requesting another");
                return null;
            }

            if (!isLogged)
            {
                _log.Debug("Another process of this job is requesting the same token; waiting for it");
                isLogged = true;
            }

            await Task.Delay(wait * (0.5 + Random.Shared.NextDouble()), _time, cancellation);
            wait = TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, LongestWait.Ticks));
        }
    }

    /// <summary>Stores a token for waiting processes and later steps, and releases the lock.</summary>
    public void Save(CachedToken cached)
    {
        if (Problem is null && _seal.Seal(cached) is { } text)
        {
            Try(() => _file.Write(text));
        }

        Dispose();
    }

    /// <summary>The token is no longer valid.</summary>
    public void Invalidate() => Try(_file.Delete);

    /// <summary>Releases the lock, so that another process can request a token.</summary>
    public void Dispose()
    {
        _lock?.Dispose();
        _lock = null;
    }

    private CachedToken? Look()
    {
        string? text = null;
        // This runs in a loop; an unusable entry is opened only once.
        if (!Try(() => text = _file.Read(), isWrite: false) || text is null || text == _notUsable)
        {
            return null;
        }

        var (cached, why) = _seal.Open(text);
        if (cached is null)
        {
            _notUsable = text;
            _log.Debug($"The token in the job's cache {why}; it is replaced");
        }

        return cached;
    }

    /// <returns>False when a lock is not possible; true when this or another process has it.</returns>
    private bool TryLock() => Try(() =>
    {
        PrivateFile.CreateFolder(_folder);
        _lock = EntryLock.TryTake(_folder, $"{_name}.lock");
    });

    private bool Try(System.Action act, bool isWrite = true)
    {
        try
        {
            act();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (isWrite)
            {
                Problem ??= exception is UnauthorizedAccessException ? "may not be written by this user" : "cannot be written; the disk "
                    + "is full, or the folder is read-only";
            }

            return false;
        }
    }
}

/// <summary>
/// The right to request a token for an entry: a lock of the operating system on a file (flock on Linux), which ends with its process,
/// however that ends. The file is not deleted, because two processes could then lock two files.
/// </summary>
internal sealed class EntryLock : IDisposable
{
    // EWOULDBLOCK on macOS, and ERROR_SHARING_VIOLATION, where the framework locks.
    private static readonly int[] LockedByAnother = [35, unchecked((int)0x80070020)];

    private readonly SafeFileHandle _file;

    private EntryLock(SafeFileHandle file) => _file = file;

    /// <returns>Null when another process holds it.</returns>
    /// <exception cref="IOException">The disk is full, the folder is read-only, or the path is not a regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or the folder belongs to another user.</exception>
    public static EntryLock? TryTake(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        try
        {
            // A file that appears in between belongs to a faster process. If it disappears as well, it was not a lock file.
            var file = Open(folder, path) ?? PrivateFile.Create(folder, path) ?? Open(folder, path)
                ?? throw new IOException("Not a file of its own.");
            if (!OperatingSystem.IsLinux() || UnixFiles.TryLock(file))
            {
                return new EntryLock(file);
            }

            file.Dispose();
            return null;
        }
        catch (IOException exception) when (LockedByAnother.Contains(exception.HResult))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();

    private static SafeFileHandle? Open(string folder, string path) => PrivateFile.Open(folder, path, FileAccess.ReadWrite);
}
