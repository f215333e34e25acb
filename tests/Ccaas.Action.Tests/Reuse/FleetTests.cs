using System.Globalization;
using System.Text;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Reuse;

/// <summary>What many machines that share a store cost, the vendor and the store.</summary>
public sealed class FleetTests
{
    [Fact]
    public async Task Cost_of_a_cold_store_grows_as_documented()
    {
        var table = new StringBuilder("machines | start within | token requests | store calls | of them writes | longest wait\n");
        foreach (var (machines, seconds) in new[] { (1, 0), (10, 0), (100, 0), (100, 60), (1000, 0), (1000, 10), (1000, 60), (10_000, 60) })
        {
            var fleet = await Fleet.RunAsync(machines, TimeSpan.FromSeconds(seconds), seed: 1);
            table.Append(CultureInfo.InvariantCulture, $"{machines} | {seconds} s | {fleet.TokenRequests} | {fleet.StoreCalls} | {fleet.Writes} | {fleet.Longest.TotalSeconds:0.0} s\n");
        }

        Snapshot.Verify(table.ToString());
    }

    /// <summary>Whatever chance does.</summary>
    [Fact]
    public async Task Thousand_machines_make_a_handful_of_requests()
    {
        for (var seed = 0; seed < 8; seed++)
        {
            Assert.InRange((await Fleet.RunAsync(1000, TimeSpan.FromSeconds(seed % 5), seed)).TokenRequests, 1, 4);
        }
    }
}
