using System.Globalization;
using Ccaas.Action.Tests.Conventions;

namespace Ccaas.Action.Tests.TokenCache;

/// <summary>What many machines that share a store cost, the vendor and the store.</summary>
public sealed class FleetTests
{
    /// <summary>The table in docs/reuse.md is what the code does, and grows as it says: the mean of 20 runs.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(10, 0)]
    [InlineData(100, 0)]
    [InlineData(256, 0)]
    [InlineData(1000, 0)]
    [InlineData(1000, 10)]
    [InlineData(1000, 60)]
    public async Task Cost_of_a_cold_store_is_the_documented_one(int machines, int seconds)
    {
        var fleets = new List<Fleet>();
        for (var seed = 1; seed <= 20; seed++)
        {
            fleets.Add(await Fleet.RunAsync(machines, TimeSpan.FromSeconds(seconds), seed));
        }

        var row = string.Create(
            CultureInfo.InvariantCulture,
            $"| {machines} | {seconds} s | {fleets.Average(fleet => fleet.TokenRequests):0.0} (at most "
                + $"{fleets.Max(fleet => fleet.TokenRequests)}) | {fleets.Average(fleet => fleet.StoreCalls):0} | "
                + $"{fleets.Max(fleet => fleet.Longest).TotalSeconds:0.0} s |");

        Assert.True(Repository.Read("docs/reuse.md").Contains(row, StringComparison.Ordinal), row);
    }
}
