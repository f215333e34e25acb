using System.Diagnostics;
using Ccaas.Sandbox;
using Ccaas.Testing;
using Xunit.Abstractions;

namespace Ccaas.EndToEnd.Tests;

/// <summary>However many processes of a job ask at once, one of them requests a token.</summary>
[Collection(Crowds.Name)]
public sealed class SingleFlightTests(ITestOutputHelper told)
{
    /// <param name="isHeldBack">True: there is no token before all of them are there. False: the first are done while others start.</param>
    [NativeTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_hundred_processes_make_one_request(bool isHeldBack)
    {
        using var gate = new ManualResetEventSlim(!isHeldBack);
        await using var job = await SharedJob.StartAsync(gate);
        var watch = Stopwatch.StartNew();

        using var crowd = Crowd.Start(job.World, 200);
        var started = watch.Elapsed;
        gate.Set();
        var token = await crowd.TokenAsync();

        told.WriteLine($"200 processes: started after {started.TotalSeconds:0.00} s, all done after {watch.Elapsed.TotalSeconds:0.00} s, "
            + $"{job.TokenRequests.Count()} request");
        Assert.True(job.World.Sandbox.IsTokenValid(token));
        Assert.Single(job.World.Sandbox.Requests);
        AssertOnlyTheCacheIsThere(job);
    }

    [NativeFact]
    public async Task Fifty_processes_replace_a_damaged_entry_by_one_request()
    {
        await using var job = await SharedJob.StartAsync();
        var first = await OneAsync(job);
        var entry = Assert.Single(job.Files(".jwe"));
        var text = await File.ReadAllTextAsync(entry);
        await File.WriteAllTextAsync(entry, text[..(text.Length / 2)]);

        using var crowd = Crowd.Start(job.World, 50);
        var second = await crowd.TokenAsync();

        Assert.NotEqual(first, second);
        Assert.Equal(2, job.TokenRequests.Count());
        AssertOnlyTheCacheIsThere(job);
    }

    /// <summary>A token that a link leads to is not used, although it would open. Without a lock, each requests for itself.</summary>
    [NativeTheory]
    [InlineData(".jwe", true, 1)]
    [InlineData(".jwe", false, 1)]
    [InlineData(".lock", true, 20)]
    [InlineData(".lock", false, 20)]
    public async Task Link_in_place_of_a_file_fails_nobody_and_its_target_stays_as_it_is(string ending, bool hasTarget, int requests)
    {
        await using var job = await SharedJob.StartAsync();
        await OneAsync(job);
        var (link, target) = (Assert.Single(job.Files(ending)), job.World.Files.Path("target"));
        var text = hasTarget ? await File.ReadAllTextAsync(link) : null;
        Assert.All(job.Files(""), File.Delete);
        if (hasTarget)
        {
            await File.WriteAllTextAsync(target, text);
        }

        File.CreateSymbolicLink(link, target);
        job.World.Sandbox.ClearRequests();

        using var crowd = Crowd.Start(job.World, 20);
        var tokens = await crowd.TokensAsync();

        Assert.All(tokens, token => Assert.True(job.World.Sandbox.IsTokenValid(token)));
        Assert.Equal(requests, job.TokenRequests.Count());
        Assert.Equal(text, File.Exists(target) ? await File.ReadAllTextAsync(target) : null);
    }

    [NativeFact]
    public async Task Two_clients_in_one_folder_get_their_own_tokens_by_a_request_each()
    {
        var other = new SandboxClient(
            "another-client", "another-secret-of-another-client", "99999999-0000-4000-8000-000000000000", "Another");
        await using var job = await SharedJob.StartAsync(change: options => options with { Clients = [.. options.Clients, other] });
        var processes = new List<(string Organization, ChildProcess Process)>();
        try
        {
            for (var i = 0; i < 50; i++)
            {
                Be(Canary.ClientId, Canary.ClientSecret.Value);
                processes.Add((Canary.OrganizationId, job.World.Start("get")));
                Be(other.ClientId, other.ClientSecret);
                processes.Add((other.OrganizationId, job.World.Start("get")));
            }

            var given = await Task.WhenAll(processes.Select(async one => (one.Organization, Token: await Crowd.TokenAsync(one.Process))));

            // And neither has put the other's entry out of its place.
            foreach (var (_, token) in given.TakeLast(2).Reverse())
            {
                Assert.Equal(token, await OneAsync(job));
                Be(Canary.ClientId, Canary.ClientSecret.Value);
            }

            Assert.Equal(2, job.TokenRequests.Count());
            Assert.Equal(2, given.Distinct().Count());
            foreach (var (organization, token) in given.Distinct())
            {
                Assert.Equal(organization, await job.OrganizationOfAsync(token));
            }
        }
        finally
        {
            processes.ForEach(one => one.Process.Dispose());
        }

        void Be(string id, string secret) => (job.World.Inputs["client-id"], job.World.Inputs["client-secret"]) = (id, secret);
    }

    private static async Task<string> OneAsync(SharedJob job)
    {
        using var one = Crowd.Start(job.World, 1);
        return await one.TokenAsync();
    }

    private static void AssertOnlyTheCacheIsThere(SharedJob job)
    {
        Assert.Equal([".jwe", ".lock"], Directory.GetFiles(job.Temp).Select(Path.GetExtension).Order(StringComparer.Ordinal));
        Assert.All(Directory.GetFiles(job.Temp), file =>
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }
}
