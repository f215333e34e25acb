using Ccaas.Sandbox;
using Ccaas.Sandbox.Genesys;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Scenarios;

/// <summary>Every reason to try again, once; the second try succeeds.</summary>
public sealed class RetryScenarios
{
    public static TheoryData<string> Reasons => [.. Faults.Keys];

    private static Dictionary<string, Func<Fault>> Faults { get; } = new()
    {
        ["408"] = () => Fault.Status(408),
        ["429"] = () => Fault.Status(429),
        ["500"] = () => Fault.Status(500),
        ["502"] = () => Fault.Status(502),
        ["503"] = () => Fault.Status(503),
        ["504"] = () => Fault.Status(504),
        ["400-rate-limit"] = GenesysFaults.RateLimited400,
        ["reset"] = () => Fault.Reset,
        ["truncated"] = () => Fault.Truncated,
        ["hang"] = () => Fault.Hang,
        ["slow-drip"] = () => Fault.SlowDrip(1000, TimeSpan.FromMilliseconds(100)),
        ["retry-after-seconds"] = () => Fault.RetryAfter(503, TimeSpan.FromSeconds(1)),
        ["retry-after-date"] = () => Fault.RetryAfterDate(429, TimeSpan.FromSeconds(1)),
        ["retry-after-past-date"] = () => Fault.RetryAfterDate(503, TimeSpan.FromDays(-1)),
    };

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task Second_try_succeeds_after(string reason)
    {
        await using var world = await World.GitHubAsync();
        // A third of it is what one try may take.
        world.Inputs["timeout"] = "6s";
        world.Sandbox.Faults.Enqueue(Faults[reason]());

        Scenario.Verify(await world.RunAsync(), exitCode: 0, reason);
    }

    [Fact]
    public async Task Wait_that_does_not_fit_into_the_time_left_fails_at_once()
    {
        await using var world = await World.GitHubAsync();
        world.Sandbox.Faults.Enqueue(Fault.RetryAfter(429, TimeSpan.FromHours(3)));

        var run = await world.RunAsync();

        Scenario.Verify(run, exitCode: 5);
        Assert.Single(world.Sandbox.Requests);
    }

    [Fact]
    public async Task Tries_end_with_the_number_that_was_given()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["max-attempts"] = "3";
        for (var i = 0; i < 4; i++)
        {
            world.Sandbox.Faults.Enqueue(Fault.Status(502));
        }

        var run = await world.RunAsync();

        Scenario.Verify(run, exitCode: 6);
        Assert.Equal(3, world.Sandbox.Requests.Count);
    }

    [Fact]
    public async Task One_attempt_means_no_second_try()
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["max-attempts"] = "1";
        world.Sandbox.Faults.Enqueue(Fault.RetryAfter(503, TimeSpan.FromSeconds(30)));

        var run = await world.RunAsync();

        Scenario.Verify(run, exitCode: 6);
        Assert.Single(world.Sandbox.Requests);
    }
}
