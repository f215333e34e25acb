using System.Diagnostics;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests;

/// <summary>What one container leaves for the steps after it and for other jobs, on the runner's folders as they are.</summary>
public sealed class ContainerReuseTests
{
    /// <param name="options">Of a mount in memory that is full: before anything is made, after the lock, while the token is
    /// written. Null: the folder is read-only.</param>
    /// <param name="isRequired">Whether the cache is.</param>
    [ContainerTheory]
    [InlineData("size=64k,nr_inodes=1", false)]
    [InlineData("size=64k,nr_inodes=1", true)]
    [InlineData("size=64k,nr_inodes=2", false)]
    [InlineData("size=64k,nr_inodes=2", true)]
    [InlineData("size=4k", false)]
    [InlineData("size=4k", true)]
    [InlineData(null, false)]
    [InlineData(null, true)]
    public async Task Full_disk_or_read_only_folder_fails_the_step_only_where_the_cache_is_required(string? options, bool isRequired)
    {
        // More than the page that the smallest disk has.
        var token = $"{Canary.Token.Value}{new string('x', 6000)}";
        await using var job = await Job.StartAsync(sandbox => sandbox with { NewToken = () => token });
        job.World.Inputs["cache-required"] = isRequired ? "true" : "false";

        var run = await job.RunAsync(job.SpoilTemp(options));

        if (isRequired)
        {
            Assert.Equal(8, run.ExitCode);
            Assert.Empty(run.File("GITHUB_OUTPUT"));
            Assert.Contains("cannot be written; the disk is full, or the folder is read-only; and cache-required is true", run.Output,
                StringComparison.Ordinal);
        }
        else
        {
            Assert.True(run.ExitCode == 0, run.Output);
            Assert.Equal((token, "issued"), (run.Outputs["access-token"], run.Outputs["source"]));
            Assert.Contains("The token is not cached for other steps of this job: the folder for it cannot be written", run.Output,
                StringComparison.Ordinal);
        }

        run.AssertNoSecretShows();
        Assert.Empty(Directory.GetFiles(job.Temp));
    }

    [ContainerFact]
    public async Task What_the_container_leaves_belongs_to_the_runners_user_whose_scripts_use_it()
    {
        await using var job = await Job.StartAsync();
        job.World.Inputs["install"] = "true";
        var step = await job.RunAsync();
        Assert.True(step.ExitCode == 0, step.Output);

        foreach (var file in Directory.GetFiles(job.Temp, "ccaas-token-*"))
        {
            var (_, ownership, _) = await ChildProcess.RunAsync("stat", "-c", "%u %g %a", file);
            Assert.Equal($"{Job.RunnerUser} {Job.RunnerUser} 600", ownership.Trim());
        }

        Assert.Equal([".jwe", ".lock"], Directory.GetFiles(job.Temp, "ccaas-token-*").Select(Path.GetExtension)
            .Order(StringComparer.Ordinal));
        job.World.Sandbox.ClearRequests();

        var get = await AsRunnerAsync(job, "get");
        var exec = await AsRunnerAsync(job, "exec", "--", "sh", "-c", "id -u; printf %s \"$CCAAS_ACCESS_TOKEN\"");

        Assert.True(get.ExitCode == 0, get.Error);
        Assert.Equal($"{Canary.Token.Value}\n", Run.WithoutMasks(get.Output));
        Assert.True(exec.ExitCode == 0, exec.Error);
        Assert.Equal($"{Job.RunnerUser}\n{Canary.Token.Value}", Run.WithoutMasks(exec.Output));
        Assert.Empty(job.World.Sandbox.Requests);
    }

    [ContainerFact]
    public async Task Script_of_the_runners_user_replaces_what_the_container_left()
    {
        await using var job = await Job.StartAsync(sandbox => sandbox with { TokenLifetime = 600 });
        job.World.Inputs["install"] = "true";
        await job.RunAsync();
        var entry = Assert.Single(Directory.GetFiles(job.Temp, "*.jwe"));
        var before = await File.ReadAllTextAsync(entry);
        job.World.Sandbox.ClearRequests();

        var get = await AsRunnerAsync(job, "get", "--minimum-validity", "10m");

        Assert.True(get.ExitCode == 0, get.Error);
        Assert.Single(job.World.Sandbox.Requests);
        Assert.NotEqual(before, await File.ReadAllTextAsync(entry));
    }

    [ContainerTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Token_goes_from_one_job_to_another_through_an_output_without_a_request(bool hasCredentials)
    {
        await using var first = await Job.StartAsync();
        await using var second = await Job.StartAsync();
        first.World.Inputs["seal"] = "true";
        first.World.Inputs["seal-key"] = hasCredentials ? null : Canary.SealKey.Value;
        second.World.Inputs["token-url"] = first.World.Inputs["token-url"];
        second.World.Inputs["api-url"] = first.World.Inputs["api-url"];

        var sealing = await first.RunAsync();
        Assert.True(sealing.ExitCode == 0, sealing.Output);
        // As the runner does with what goes into a job's outputs: what a mask would change is dropped.
        var output = sealing.Outputs["sealed-token"];
        Assert.Equal(output, sealing.StepLog().Masker.Mask(output));
        Assert.NotEqual(Canary.Token.Value, sealing.StepLog().Masker.Mask(Canary.Token.Value));

        first.World.Sandbox.ClearRequests();
        second.World.Inputs["sealed-token"] = output;
        second.World.Inputs["seal-key"] = first.World.Inputs["seal-key"];
        if (!hasCredentials)
        {
            second.World.Inputs.Remove("client-id");
            second.World.Inputs.Remove("client-secret");
        }

        var opening = await second.RunAsync();

        Assert.True(opening.ExitCode == 0, opening.Output);
        Assert.Equal((Canary.Token.Value, "sealed"), (opening.Outputs["access-token"], opening.Outputs["source"]));
        Assert.Empty(Canary.All.SelectMany(canary => canary.FindIn(string.Join('\n', opening.StepLog().Lines))));
        opening.AssertNoSecretShows();
        Assert.Empty(first.World.Sandbox.Requests);
        Assert.Empty(second.World.Sandbox.Requests);
        // For the steps that follow; without credentials there is nothing to seal it with.
        Assert.Equal(hasCredentials ? 1 : 0, Directory.GetFiles(second.Temp).Length);
    }

    /// <summary>
    /// A step that is a script: the executable that the action installed, on the runner and not in the container, as its user.
    /// </summary>
    private static async Task<(int ExitCode, string Output, string Error)> AsRunnerAsync(Job job, params string[] arguments)
    {
        var user = $"{Job.RunnerUser}";
        var variables = job.World.Variables(arguments).ToDictionary();
        variables["RUNNER_TEMP"] = job.Temp;
        foreach (var file in CommandFileSet.Names)
        {
            variables[file] = job.CommandFile(file);
        }

        using var child = ChildProcess.Start(
            new ProcessStartInfo("setpriv",
                ["--reuid", user, "--regid", user, "--clear-groups", Path.Combine(job.Temp, "ccaas-token"),
                .. job.World.ArgumentsOf(arguments).Where(argument => argument != "--install")]),
            variables);
        return await child.WaitAsync();
    }
}
