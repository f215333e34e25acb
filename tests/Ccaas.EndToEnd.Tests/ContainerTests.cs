using System.Diagnostics;
using System.Text.Json;
using Ccaas.Sandbox;
using Ccaas.Sandbox.Genesys;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests;

/// <summary>The image, run as GitHub's runner runs it.</summary>
public sealed class ContainerTests
{
    [ContainerFact]
    public async Task Step_publishes_the_token_through_files_of_another_user()
    {
        await using var job = await Job.StartAsync();
        job.World.Inputs["verify"] = "true";
        job.World.Inputs["tool-environment"] = "true";

        using var child = job.Start();
        var run = await job.EndAsync(child);

        Scenario.Verify(run, exitCode: 0);
        Assert.Equal(Canary.Token.Value, run.Outputs["access-token"]);
        Assert.Equal(Canary.Token.Value, run.Exports["GENESYSCLOUD_ACCESS_TOKEN"]);
        var (_, ownership, _) = await ChildProcess.RunAsync("stat", "-c", "%u %a", job.CommandFile("GITHUB_OUTPUT"));
        Assert.Equal("1001 644", ownership.Trim());
    }

    [ContainerFact]
    public async Task Step_leaves_nothing_in_the_jobs_folders_but_the_cache_in_the_temporary_one()
    {
        await using var job = await Job.StartAsync();

        await job.RunAsync();

        Assert.Equal([".jwe", ".lock"], Directory.GetFiles(job.Temp).Select(Path.GetExtension).Order(StringComparer.Ordinal));
        Assert.All(Directory.GetFiles(job.Temp), File.Delete);

        Assert.All(Directory.EnumerateFiles(job.World.Files.Folder, "*", SearchOption.AllDirectories), path =>
            Assert.Contains(Path.GetFileName(path), CommandFileSet.Names.Concat(CommandFileSet.Names.Select(name => $"set_{name}"))));
    }

    [ContainerFact]
    public async Task Step_works_on_a_read_only_root_file_system_without_capabilities()
    {
        await using var job = await Job.StartAsync();

        // Root without capabilities may not write other users' files, so the one that lets it is left.
        var run = await job.RunAsync(
            "--read-only", "--cap-drop", "ALL", "--cap-add", "DAC_OVERRIDE", "--security-opt", "no-new-privileges");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(Canary.Token.Value, run.Outputs["access-token"]);
        run.AssertNoSecretShows();
    }

    [ContainerFact]
    public async Task Step_reaches_a_server_of_a_private_authority_given_as_a_file_of_the_workspace()
    {
        await using var job = await Job.StartAsync();
        await File.WriteAllTextAsync(job.Workspace("authority.pem"), job.World.Sandbox.CertificateAuthorityPem);
        job.World.Inputs["ca-certificate"] = "authority.pem";
        job.World.Inputs["token-url"] = new Uri(job.World.Sandbox.HttpsAddress, "oauth/token").ToString();
        job.World.Inputs["api-url"] = job.World.Sandbox.HttpsAddress.ToString();
        job.World.Inputs["verify"] = "true";

        var run = await job.RunAsync();

        Scenario.Verify(run, exitCode: 0);
    }

    [ContainerFact]
    public async Task Post_step_revokes_the_token_of_the_sealed_state()
    {
        await using var job = await Job.StartAsync();
        job.World.Inputs["revoke"] = "true";

        var step = await job.RunAsync();
        Scenario.Verify(step, exitCode: 0, "step");
        Assert.True(job.World.Sandbox.IsTokenValid(Canary.Token.Value));

        Scenario.Verify(await job.RunPostAsync(), exitCode: 0, "post");
        Assert.False(job.World.Sandbox.IsTokenValid(Canary.Token.Value));
    }

    [ContainerFact]
    public async Task Post_step_without_saved_state_sends_nothing_and_logs_nothing()
    {
        await using var job = await Job.StartAsync();
        await job.RunAsync();

        var post = await job.RunPostAsync();

        Assert.Equal(0, post.ExitCode);
        Assert.Empty(post.Output);
        Assert.Empty(post.Error);
        Assert.Empty(job.World.Sandbox.Requests);
        Assert.True(job.World.Sandbox.IsTokenValid(Canary.Token.Value));
    }

    [ContainerFact]
    public async Task Post_step_fails_no_job_when_the_server_is_down()
    {
        await using var job = await Job.StartAsync();
        job.World.Inputs["revoke"] = "true";
        job.World.Inputs["max-attempts"] = "1";
        await job.RunAsync();
        job.World.Sandbox.Faults.Enqueue(Fault.Reset);

        var post = await job.RunPostAsync();

        Assert.Equal(0, post.ExitCode);
        Assert.Equal("warning", Assert.Single(post.StepLog().Annotations).Level);
        post.AssertNoSecretShows();
    }

    [ContainerTheory]
    [InlineData("inputs", 2)]
    [InlineData("credentials", 3)]
    [InlineData("permission", 4)]
    [InlineData("rate", 5)]
    [InlineData("server", 6)]
    [InlineData("network", 7)]
    public async Task Exit_code_reaches_the_runner(string cause, int exitCode)
    {
        await using var job = await Job.StartAsync();
        job.World.Inputs["max-attempts"] = "1";
        switch (cause)
        {
            case "inputs":
                job.World.Inputs["client-id"] = "";
                break;
            case "credentials":
                job.World.Inputs["client-secret"] = $"{Canary.ClientSecret.Value}-but-wrong";
                break;
            case "permission":
                job.World.Inputs["allowed-organizations"] = "99999999-0000-4000-8000-000000000000";
                break;
            case "rate":
                job.World.Sandbox.Faults.Enqueue(GenesysFaults.RateLimited400());
                break;
            case "server":
                job.World.Sandbox.Faults.Enqueue(Fault.Status(500));
                break;
            default:
                job.World.Inputs["token-url"] = new Uri(job.World.Sandbox.HttpsAddress, "oauth/token").ToString();
                break;
        }

        var run = await job.RunAsync();

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Empty(run.File("GITHUB_OUTPUT"));
        Assert.Empty(run.File("GITHUB_ENV"));
        run.AssertNoSecretShows();
    }

    [ContainerFact]
    public async Task Step_run_as_another_user_says_so_before_it_sends_anything()
    {
        await using var job = await Job.StartAsync();

        var run = await job.RunAsync("--user", "1654");

        Scenario.Verify(run, exitCode: 2);
        Assert.Empty(job.World.Sandbox.Requests);
    }

    [ContainerTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Canceled_step_ends_within_a_second_and_publishes_nothing(string signal)
    {
        await using var job = await Job.StartAsync();
        job.World.Sandbox.Faults.Enqueue(Fault.Hang);
        using var child = job.Start();
        for (var i = 0; i < 1000 && job.World.Sandbox.Requests.Count == 0; i++)
        {
            await Task.Delay(20);
        }

        Assert.Single(job.World.Sandbox.Requests);
        var clock = Stopwatch.StartNew();
        await job.SignalAsync(signal);
        var run = await job.EndAsync(child);

        // The engine's own time to take a container down is part of it.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(3), $"It took {clock.Elapsed}.");
        Assert.Equal(130, run.ExitCode);
        Assert.All(CommandFileSet.Names, name => Assert.Empty(run.File(name)));
        run.AssertNoSecretShows();

        // What the runner does next: the same job's later steps find usable files.
        var later = await job.RunAsync();
        Assert.Equal(0, later.ExitCode);
        Assert.Equal(Canary.Token.Value, later.Outputs["access-token"]);
    }

    [ContainerFact]
    public async Task Image_holds_the_program_and_no_shell()
    {
        var image = Environment.GetEnvironmentVariable(Needs.ImageVariable)!;
        var (_, inspected, _) = await ChildProcess.RunAsync("docker", "image", "inspect", image);
        using var document = JsonDocument.Parse(inspected);
        var config = document.RootElement[0].GetProperty("Config");

        Assert.Equal("0", config.GetProperty("User").GetString());
        Assert.Equal(["/ccaas-token"], config.GetProperty("Entrypoint").EnumerateArray().Select(word => word.GetString()));
        Assert.True(config.GetProperty("Cmd").ValueKind == JsonValueKind.Null);
        Assert.Equal("MIT", config.GetProperty("Labels").GetProperty("org.opencontainers.image.licenses").GetString());

        var (exitCode, _, _) = await ChildProcess.RunAsync(
            "docker", "run", "--rm", "--network", "host", "--entrypoint", "/bin/sh", image, "-c", "true");
        Assert.NotEqual(0, exitCode);
    }
}
