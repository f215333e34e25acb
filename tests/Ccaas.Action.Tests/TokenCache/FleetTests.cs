using System.Globalization;
using Ccaas.Action.Tests.Conventions;

namespace Ccaas.Action.Tests.TokenCache;

/// <summary>What many machines that share a store cost, the vendor and the store.</summary>
public sealed class FleetTests
{
    /// <summary>The table in docs/reuse.md is what the code does, and grows as it says.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(10, 0)]
    [InlineData(100, 0)]
    [InlineData(1000, 0)]
    [InlineData(1000, 10)]
    [InlineData(1000, 60)]
    [InlineData(10_000, 60)]
    public async Task Cost_of_a_cold_store_is_the_documented_one(int machines, int seconds)
    {
        var fleet = await Fleet.RunAsync(machines, TimeSpan.FromSeconds(seconds), seed: 1);

        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"| {machines} | {seconds} s | {fleet.TokenRequests} | {fleet.StoreCalls} | {fleet.Writes} | {fleet.Longest.TotalSeconds:0.0} s |"),
            Repository.Read("docs/reuse.md"),
            StringComparison.Ordinal);
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
