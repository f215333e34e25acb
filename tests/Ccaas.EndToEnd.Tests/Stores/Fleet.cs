using System.Globalization;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests.Stores;

/// <summary>Machines that have nothing in common but a store: each process has a temporary folder of its own.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly SharedJob _job;
    private int _machines;

    private Fleet(SharedJob job, SharedStore store)
    {
        _job = job;
        Store = store;
        // What the test's job has is no machine's.
        Directory.Delete(job.Temp);
    }

    public SharedStore Store { get; }

    public World World => _job.World;

    public int TokenRequests => _job.TokenRequests.Count();

    /// <param name="scheme">Which store.</param>
    /// <param name="gate">No token is issued before it is open.</param>
    public static async Task<Fleet> StartAsync(string scheme, ManualResetEventSlim? gate = null)
    {
        var store = SharedStore.Of(scheme);
        var job = await SharedJob.StartAsync(gate, store.Know);
        store.Use(job.World);
        return new Fleet(job, store);
    }

    /// <summary>A step on a machine that is new. Of the sandbox's requests only those that come now are left.</summary>
    public async Task<Run> RunOnNextAsync()
    {
        Next();
        var run = await World.RunNextStepAsync();
        run.AssertNoSecretShows();
        Assert.All(World.Sandbox.Requests, request => Assert.True(request.Known, $"unknown request: {request}"));
        return run;
    }

    /// <summary>A script that asks for a token on a machine that is new.</summary>
    public ChildProcess StartOnNext()
    {
        Next();
        return World.Start("get");
    }

    /// <summary>How many calls of the store there were, by what was called.</summary>
    public IReadOnlyDictionary<string, int> Calls() => World.Sandbox.Requests
        .Select(Store.Call).OfType<string>().CountBy(call => call).OrderBy(call => call.Key, StringComparer.Ordinal).ToDictionary();

    public ValueTask DisposeAsync() => _job.DisposeAsync();

    private void Next() => World.Environment["RUNNER_TEMP"] =
        Directory.CreateDirectory(World.Files.Path($"machine-{(++_machines).ToString(CultureInfo.InvariantCulture)}")).FullName;
}
