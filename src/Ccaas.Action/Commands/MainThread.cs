using Ccaas.Action.Foundation;

namespace Ccaas.Action.Commands;

/// <summary>
/// The process's first thread, to which Linux gives every signal that any thread may take. execve ends all threads but its
/// own: a signal that another one has just taken would be lost with it, so execve is called by this one.
/// </summary>
internal static class MainThread
{
    private static readonly TaskCompletionSource<Failure?> Done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private static readonly ManualResetEventSlim Wake = new();
    private static Func<Failure?>? _work;
    private static bool _waits;

    /// <summary>Called by the first thread: waits until the run has ended, and does meanwhile what it is given.</summary>
    public static ExitCode Wait(Func<Task<ExitCode>> start)
    {
        _waits = true;
        var run = start();
        run.ContinueWith(_ => Wake.Set(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        Wake.Wait();
        if (_work is { } work)
        {
            Done.SetResult(work());
        }

        return run.GetAwaiter().GetResult();
    }

    /// <summary>Once for a process. Where no thread waits, as in a test, the caller's own does it.</summary>
    public static Task<Failure?> RunAsync(Func<Failure?> work)
    {
        if (!_waits)
        {
            return Task.FromResult(work());
        }

        _work = work;
        Wake.Set();
        return Done.Task;
    }
}
