using System.Diagnostics;
using Ccaas.Action.SecretStores;
using Xunit.Abstractions;

namespace Ccaas.EndToEnd.Tests.Stores;

/// <summary>A matrix as large as they come, started as fast as this machine can.</summary>
[Collection(Crowds.Name)]
public sealed class ThousandRunnersTests(ITestOutputHelper told)
{
    private const int Runners = 1000;
    private const int AliveAtOnce = 100;

    public static TheoryData<string> Stores => [.. StoreRegistry.All.Select(kind => kind.Scheme)];

    [StoreTheory]
    [MemberData(nameof(Stores))]
    public async Task Thousand_runners_over_one_cold_store_make_a_handful_of_requests(string scheme)
    {
        await using var fleet = await Fleet.StartAsync(scheme);
        using var places = new SemaphoreSlim(AliveAtOnce);
        var watch = Stopwatch.StartNew();
        var runs = new List<Task<string>>(Runners);
        for (var i = 0; i < Runners; i++)
        {
            await places.WaitAsync();
            runs.Add(RunAsync());
        }

        var tokens = await Task.WhenAll(runs);

        var calls = fleet.Calls();
        told.WriteLine(
            $"{scheme}, {Runners} runners, {AliveAtOnce} at once: {fleet.TokenRequests} token requests; "
            + $"calls of the store: {string.Join(", ", calls.Select(call => $"{call.Key} {call.Value}"))}; {watch.Elapsed.TotalSeconds:0} s");
        Assert.All(tokens.Distinct(), token => Assert.True(fleet.World.Sandbox.IsTokenValid(token)));
        Assert.InRange(fleet.TokenRequests, 1, 25);
        // One read each; the first hundred, which find nothing, look again while one of them requests.
        Assert.InRange(calls["read"], Runners, Runners + (AliveAtOnce * 10));

        async Task<string> RunAsync()
        {
            using var runner = fleet.StartOnNext();
            try
            {
                return await Crowd.TokenAsync(runner);
            }
            finally
            {
                places.Release();
            }
        }
    }
}
