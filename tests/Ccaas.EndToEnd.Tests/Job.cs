using System.Diagnostics;
using Ccaas.Sandbox;
using Ccaas.Sandbox.GitHubRunner;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests;

/// <summary>
/// A job's folders and the way in which GitHub's runner starts a container action in it: the environment by name, the
/// runner's folders mounted read-write, the command files owned by the runner's user and writable by it alone.
/// </summary>
internal sealed class Job : IAsyncDisposable
{
    /// <summary>The runner's user on hosted machines.</summary>
    public const int RunnerUser = 1001;

    /// <summary>The job's temporary folder as the container sees it.</summary>
    public const string MountedTemp = $"/github/{TempName}";

    private const string TempName = "runner_temp";

    private readonly string _name = $"ccaas-test-{Guid.NewGuid():N}";

    /// <summary>What the step has saved for its post step, by the names of its environment.</summary>
    private readonly Dictionary<string, string> _state = [];

    private Job(World world) => World = world;

    public World World { get; }

    public string Name => _name;

    /// <summary>Folder on the host → folder in the container, with the options of the mount.</summary>
    private Dictionary<string, string> Mounts { get; } = [];

    /// <summary>The job's temporary folder on the host.</summary>
    public string Temp => Path.Combine(World.Files.Folder, TempName);

    public static async Task<Job> StartAsync(Func<SandboxOptions, SandboxOptions>? change = null)
    {
        var job = new Job(await World.GitHubAsync(change));
        foreach (var folder in new[] { "home", "workflow", "workspace", TempName, "file_commands" })
        {
            var path = Directory.CreateDirectory(Path.Combine(job.World.Files.Folder, folder)).FullName;
            job.Mounts[path] = $"/github/{folder}";
        }

        // The runner rewrites what leads to its own folder.
        job.World.Environment["RUNNER_TEMP"] = MountedTemp;

        foreach (var file in CommandFileSet.Names)
        {
            // The file is made by the runner, and the program in the container sees it under another path.
            var path = job.CommandFile(file);
            await File.WriteAllTextAsync(path, "");
            job.World.Environment[file] = $"/github/file_commands/{Path.GetFileName(path)}";
        }

        await ChildProcess.RunAsync("chmod", "-R", "u=rwX,go=rX", job.World.Files.Folder);
        await ChildProcess.RunAsync("chown", "-R", $"{RunnerUser}:{RunnerUser}", job.World.Files.Folder);
        return job;
    }

    public string CommandFile(string name) => Path.Combine(World.Files.Folder, "file_commands", $"set_{name.ToUpperInvariant()}");

    public string Workspace(string name) => Path.Combine(World.Files.Folder, "workspace", name);

    /// <summary>
    /// The temporary folder can be read only; or, where <paramref name="options"/> of a mount in memory are given, has no room.
    /// </summary>
    public string[] SpoilTemp(string? options)
    {
        Mounts.Remove(Temp);
        if (options is null)
        {
            Mounts[Temp] = $"{MountedTemp}:ro";
            return [];
        }

        return ["--tmpfs", $"{MountedTemp}:{options}"];
    }

    public async Task<Run> RunAsync(params string[] options)
    {
        using var child = Start(options);
        return await EndAsync(child);
    }

    /// <summary>
    /// The post step: the entry point that action.yml names for it, the same inputs, and the state that the step has left.
    /// </summary>
    public async Task<Run> RunPostAsync()
    {
        World.Sandbox.ClearRequests();
        using var child = Start("--entrypoint", "/ccaas-token-post");
        return await EndAsync(child);
    }

    public ChildProcess Start(params string[] options)
    {
        var variables = World.Variables().Concat(_state).Where(variable => variable.Key is not ("PATH" or "HOME")).ToList();
        var arguments = new List<string>
        {
            "run", "--name", _name, "--label", "ccaas-test", "--workdir", "/github/workspace", "--rm",
            // The engine of a test machine may have no bridge; nothing but loopback is addressed.
            "--network", "host",
        };
        arguments.AddRange(options);
        arguments.AddRange(variables.SelectMany(variable => new[] { "-e", variable.Key }));
        arguments.AddRange(Mounts.SelectMany(mount => new[] { "-v", $"{mount.Key}:{mount.Value}" }));
        arguments.Add(Environment.GetEnvironmentVariable(Needs.ImageVariable)!);

        var environment = variables.ToDictionary(variable => variable.Key, variable => variable.Value);
        environment["PATH"] = Environment.GetEnvironmentVariable("PATH")!;
        environment["HOME"] = Environment.GetEnvironmentVariable("HOME") ?? "/";
        Assert.DoesNotContain(arguments, argument => Canary.All.Any(canary => canary.FindIn(argument).Any()));
        return ChildProcess.Start(new ProcessStartInfo("docker", arguments), environment);
    }

    public async Task<Run> EndAsync(ChildProcess child)
    {
        var (exitCode, output, error) = await child.WaitAsync();
        foreach (var file in CommandFileSet.Names)
        {
            File.Copy(CommandFile(file), World.Files.Path(file), overwrite: true);
            await File.WriteAllTextAsync(CommandFile(file), "");
        }

        foreach (var (name, value) in CommandFileParser.Parse(World.Files.Read("GITHUB_STATE")).Values)
        {
            _state[$"STATE_{name}"] = value;
        }

        return new Run(World, [], exitCode, output, error);
    }

    public async Task SignalAsync(string signal) => await ChildProcess.RunAsync("docker", "kill", "--signal", signal, _name);

    public async ValueTask DisposeAsync()
    {
        await ChildProcess.RunAsync("docker", "rm", "--force", _name);
        await World.DisposeAsync();
    }
}
