using System.Globalization;
using Ccaas.Action.SecretStores;
using Ccaas.Testing;
using Xunit.Abstractions;

namespace Ccaas.EndToEnd.Tests.Stores;

/// <summary>One token for many machines, out of each store that the program has.</summary>
[Collection(Crowds.Name)]
public sealed class StoreTests(ITestOutputHelper told)
{
    /// <summary>A store that is added to the program is tested here from then on.</summary>
    public static TheoryData<string> Stores => [.. StoreRegistry.All.Select(kind => kind.Scheme)];

    private static readonly string[] Troubles = ["down", "failing", "forbidden", "throttled", "deleted"];

    [StoreTheory]
    [MemberData(nameof(Stores))]
    public async Task Second_machine_gets_the_token_of_the_first_without_a_token_request(string scheme)
    {
        await using var fleet = await Fleet.StartAsync(scheme);

        var first = await fleet.RunOnNextAsync();
        Assert.True(first.ExitCode == 0, first.Output);
        var (token, expiresAt) = (first.Outputs["access-token"], first.Outputs["expires-at"]);
        Assert.Equal(("issued", 1), (first.Outputs["source"], fleet.TokenRequests));
        var second = await fleet.RunOnNextAsync();

        Assert.True(second.ExitCode == 0, second.Output);
        Assert.Equal(("store", token, expiresAt), (second.Outputs["source"], second.Outputs["access-token"], second.Outputs["expires-at"]));
        Assert.Equal(0, fleet.TokenRequests);
        Assert.Equal(1, fleet.Calls()["read"]);
        Assert.False(fleet.Calls().ContainsKey("write"));

        // And its own steps from then on without the store.
        var third = await fleet.World.RunNextStepAsync();
        Assert.Equal("cache", third.Outputs["source"]);
        Assert.Empty(fleet.World.Sandbox.Requests);
    }

    [StoreTheory]
    [MemberData(nameof(Stores))]
    public async Task Entry_holds_nothing_in_clear_and_says_when_it_expires(string scheme)
    {
        await using var fleet = await Fleet.StartAsync(scheme);
        var run = await fleet.RunOnNextAsync();

        var entry = fleet.Store.Entry(fleet.World.Sandbox)!.Current!;

        Assert.Empty(Canary.All.SelectMany(canary => canary.FindIn(entry.Value)));
        var expected = DateTimeOffset.Parse(run.Outputs["expires-at"], CultureInfo.InvariantCulture);
        Assert.Equal(fleet.Store.KnowsExpiry ? expected : null, entry.ExpiresAt);
    }

    [StoreTheory]
    [MemberData(nameof(Stores))]
    public async Task Vendors_own_client_reads_the_entry_and_what_it_writes_back_is_read(string scheme)
    {
        await using var fleet = await Fleet.StartAsync(scheme);
        var token = (await fleet.RunOnNextAsync()).Outputs["access-token"];
        var entry = fleet.Store.Entry(fleet.World.Sandbox)!.Current!;

        Assert.Equal(entry.Value, await fleet.Store.CopyAsync(fleet.World.Sandbox));

        Assert.NotEqual(entry.Id, fleet.Store.Entry(fleet.World.Sandbox)!.Current!.Id);
        var run = await fleet.RunOnNextAsync();
        Assert.Equal(("store", token), (run.Outputs["source"], run.Outputs["access-token"]));
    }

    [StoreTheory]
    [MemberData(nameof(Stores))]
    public async Task Store_with_a_service_error_is_a_warning(string scheme)
    {
        foreach (var trouble in Troubles)
        {
            await using var fleet = await Fleet.StartAsync(scheme);

            var run = await RunInTroubleAsync(fleet, trouble);

            Assert.True(run.ExitCode == 0, $"{trouble}: {run.Output}");
            Assert.Equal("warning", Assert.Single(run.StepLog().Annotations).Level);
            Assert.Equal(("issued", 1), (run.Outputs["source"], fleet.TokenRequests));
        }
    }

    [StoreTheory]
    [MemberData(nameof(Stores))]
    public async Task Store_with_a_service_error_fails_the_step_where_it_is_required_and_nothing_is_published(string scheme)
    {
        foreach (var trouble in Troubles)
        {
            await using var fleet = await Fleet.StartAsync(scheme);
            fleet.World.Inputs["cache-required"] = "true";

            var run = await RunInTroubleAsync(fleet, trouble);

            Assert.True(run.ExitCode == 8, $"{trouble}: {run.Output}");
            Assert.Equal("error", Assert.Single(run.StepLog().Annotations).Level);
            // That a deleted entry cannot be written, Key Vault says only when it is.
            Assert.InRange(fleet.TokenRequests, 0, trouble == "deleted" ? 1 : 0);
            Assert.Empty(run.File("GITHUB_OUTPUT"));
        }
    }

    [StoreTheory]
    [MemberData(nameof(Stores))]
    public async Task Thirty_machines_at_once_make_a_handful_of_requests(string scheme)
    {
        await using var fleet = await Fleet.StartAsync(scheme);

        var machines = Enumerable.Range(0, 30).Select(_ => fleet.StartOnNext()).ToList();
        try
        {
            var tokens = await Task.WhenAll(machines.Select(Crowd.TokenAsync));

            told.WriteLine($"{scheme}, 30 machines at once, cold: {fleet.TokenRequests} token requests; calls of the store: "
                + $"{string.Join(", ", fleet.Calls().Select(call => $"{call.Key} {call.Value}"))}");
            Assert.All(tokens, token => Assert.True(fleet.World.Sandbox.IsTokenValid(token)));
            Assert.InRange(fleet.TokenRequests, 1, 15);
            Assert.Equal(fleet.TokenRequests, tokens.Distinct().Count());
        }
        finally
        {
            machines.ForEach(machine => machine.Dispose());
        }
    }

    [StoreTheory]
    [MemberData(nameof(Stores))]
    public async Task Secret_of_something_else_is_left_unchanged(string scheme)
    {
        await using var fleet = await Fleet.StartAsync(scheme);
        await fleet.Store.PutAsync(fleet.World.Sandbox, "db-password-of-somebody");

        var run = await fleet.RunOnNextAsync();

        Assert.Equal((0, "issued"), (run.ExitCode, run.Outputs["source"]));
        Assert.Contains("holds a text that is no sealed token, and is left unchanged", Assert.Single(run.StepLog().Annotations).Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain("db-password", run.Output, StringComparison.Ordinal);
        var entry = fleet.Store.Entry(fleet.World.Sandbox)!;
        Assert.Equal(("db-password-of-somebody", 1), (entry.Current!.Value, entry.Versions.Count));
    }

    private static async Task<Run> RunInTroubleAsync(Fleet fleet, string trouble)
    {
        if (trouble == "deleted")
        {
            await fleet.RunOnNextAsync();
            await fleet.Store.DeleteAsync(fleet.World.Sandbox);
        }
        else
        {
            fleet.Store.Spoil(fleet.World.Sandbox, trouble);
        }

        var run = await fleet.RunOnNextAsync();
        Assert.Equal(0, fleet.World.Sandbox.Faults.Count);
        return run;
    }
}
