using Ccaas.Sandbox;
using Ccaas.Sandbox.GitHubRunner;

namespace Ccaas.Testing;

/// <summary>
/// Everything that one run of the program meets: a sandbox that knows one client, a CI system's environment and files, and
/// nothing of the machine that runs the tests.
/// </summary>
public sealed class World : IAsyncDisposable
{
    private static readonly string[] Credentials =
        ["client-id", "client-secret", "access-key-id", "access-key-secret", "private-key", "client-key", "seal-key"];

    private static readonly string[] Switches = ["tool-environment", "verify", "cache-required", "seal", "install", "revoke"];

    private World(SandboxServer sandbox) => Sandbox = sandbox;

    public SandboxServer Sandbox { get; }

    public CommandFileSet Files { get; } = new();

    /// <summary>Inputs by name; a null value is not given at all.</summary>
    public Dictionary<string, string?> Inputs { get; } = [];

    /// <summary>Environment besides the inputs.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public string? StandardInput { get; set; }

    /// <summary>Whether the transcript lists every form that was masked.</summary>
    public bool ShowsAllMasks { get; set; }

    /// <summary>An address of the sandbox.</summary>
    public string At(string path) => new Uri(Sandbox.HttpAddress, path).ToString();

    /// <summary>Replaces the inputs by others; what action.yml fills in stays.</summary>
    public void Give(params IEnumerable<(string Name, string Value)> inputs)
    {
        var filledIn = Inputs.GetValueOrDefault("environment-variable");
        Inputs.Clear();
        Inputs["environment-variable"] = filledIn;
        foreach (var (name, value) in inputs)
        {
            Inputs[name] = value;
        }
    }

    /// <summary>
    /// The post step of a step that has run, as the runner starts it: the same inputs, the state that the step has left, fresh
    /// command files, and of the sandbox's requests only those that come now.
    /// </summary>
    public async Task<Run> RunPostAsync()
    {
        foreach (var (name, value) in CommandFileParser.Parse(Files.Read("GITHUB_STATE")).Values)
        {
            Environment[$"STATE_{name}"] = value;
        }

        return await RunNextStepAsync("post");
    }

    /// <summary>The same as the Azure Pipelines agent does it: the task's variables come back in its post job stage.</summary>
    public async Task<Run> RunPostJobAsync(Run task)
    {
        foreach (var (name, value) in task.AgentLog().TaskVariables)
        {
            Environment[$"VSTS_TASKVARIABLE_{name.ToUpperInvariant()}"] = value;
        }

        return await RunNextStepAsync("post");
    }

    /// <summary>
    /// The next step of the job: fresh command files, the same temporary folder, and of the sandbox's requests only those that
    /// come now.
    /// </summary>
    public async Task<Run> RunNextStepAsync(params string[] arguments)
    {
        foreach (var name in CommandFileSet.Names)
        {
            File.WriteAllText(Files.Path(name), "");
        }

        Sandbox.ClearRequests();
        return await RunAsync(arguments);
    }

    /// <summary>Writes a file for the program to read; the search for secrets passes over it.</summary>
    public string GiveFile(string name, string text)
    {
        var path = Files.Path($"{name}.given");
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A job of GitHub Actions with inputs that succeed against the sandbox.</summary>
    public static async Task<World> GitHubAsync(Func<SandboxOptions, SandboxOptions>? change = null)
    {
        var world = await StartAsync(change);
        world.Environment["GITHUB_ACTIONS"] = "true";
        world.Environment["GITHUB_SERVER_URL"] = "https://github.com";
        world.Environment["GITHUB_REPOSITORY"] = "example/contact-center";
        world.Environment["GITHUB_RUN_ID"] = "42";
        foreach (var name in CommandFileSet.Names)
        {
            world.Environment[name] = world.Files.Path(name);
        }

        world.Environment["RUNNER_TEMP"] = Directory.CreateDirectory(world.Files.Path("temp")).FullName;
        // What action.yml fills in.
        world.Inputs["environment-variable"] = "CCAAS_ACCESS_TOKEN";
        return world;
    }

    /// <summary>A task of an Azure Pipelines job with inputs that succeed against the sandbox.</summary>
    public static async Task<World> AzureAsync(Func<SandboxOptions, SandboxOptions>? change = null)
    {
        var world = await StartAsync(change);
        world.Environment["TF_BUILD"] = "True";
        world.Environment["SYSTEM_COLLECTIONID"] = "0c0ffee0-0000-4000-8000-000000000001";
        world.Environment["SYSTEM_TEAMPROJECTID"] = "0c0ffee0-0000-4000-8000-000000000002";
        world.Environment["BUILD_BUILDID"] = "42";
        world.Environment["SYSTEM_TASKINSTANCEID"] = Guid.NewGuid().ToString();
        world.Environment["AGENT_TEMPDIRECTORY"] = Directory.CreateDirectory(world.Files.Path("temp")).FullName;
        // What task.json fills in.
        world.Inputs["environment-variable"] = "CCAAS_ACCESS_TOKEN";
        return world;
    }

    /// <summary>A plain terminal with inputs that succeed against the sandbox.</summary>
    public static Task<World> TerminalAsync(Func<SandboxOptions, SandboxOptions>? change = null) => StartAsync(change);

    public async Task<Run> RunAsync(params string[] arguments)
    {
        if (Executable.InProcess is { } run && arguments is not ["exec", ..])
        {
            var (exitCode, output, error) = await run(ArgumentsOf(arguments), Variables(arguments), StandardInput ?? "");
            return new Run(this, arguments, exitCode, output, error);
        }

        using var child = Start(arguments);
        return await EndAsync(child, arguments);
    }

    /// <summary>Starts the program without waiting for it.</summary>
    public ChildProcess Start(params string[] arguments) =>
        ChildProcess.Start(Executable.Start(ArgumentsOf(arguments)), Variables(arguments), StandardInput);

    /// <summary>The same, with a standard input that stays open and silent.</summary>
    public ChildProcess StartWithOpenInput(params string[] arguments) =>
        ChildProcess.Start(Executable.Start(ArgumentsOf(arguments)), Variables(arguments), input: null, keepInputOpen: true);

    public async Task<Run> EndAsync(ChildProcess child, params string[] arguments)
    {
        return await EndAsync(child, longest: null, arguments);
    }

    /// <exception cref="TimeoutException">It did not end by itself.</exception>
    public async Task<Run> EndAsync(ChildProcess child, TimeSpan? longest, params string[] arguments)
    {
        var (exitCode, output, error) = await child.WaitAsync(longest);
        return new Run(this, arguments, exitCode, output, error);
    }

    /// <param name="arguments">Those that the program is called with: a script of a job gives credentials alone in the environment.</param>
    public IReadOnlyDictionary<string, string> Variables(params string[] arguments)
    {
        var variables = new Dictionary<string, string>(Environment) { ["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "" };
        variables.TryAdd("HOME", Files.Folder);
        foreach (var name in new[] { "DOTNET_ROOT", "DOTNET_HOST_PATH" })
        {
            if (System.Environment.GetEnvironmentVariable(name) is { } value)
            {
                variables[name] = value;
            }
        }

        foreach (var (name, value) in Inputs)
        {
            if (value is not null && IsScript(arguments))
            {
                if (Credentials.Contains(name))
                {
                    variables[$"CCAAS_{name.ToUpperInvariant().Replace('-', '_')}"] = value;
                }
            }
            else if (value is not null)
            {
                // The agent's names are camel case, and arrive without a trace of it.
                variables[
                    $"INPUT_{(Environment.ContainsKey("TF_BUILD") ? name.Replace("-", "", StringComparison.Ordinal) : name).ToUpperInvariant()}"] = value;
            }
        }

        return variables;
    }

    /// <summary>What a script of a job is called with: every input that is no credential is an option.</summary>
    public IReadOnlyList<string> ArgumentsOf(params string[] arguments)
    {
        if (!IsScript(arguments))
        {
            return arguments;
        }

        var verb = arguments.TakeWhile(argument => !argument.StartsWith('-')).Take(1).ToList();
        var options = from input in Inputs
                      where input.Value is not null && !Credentials.Contains(input.Key)
                          && !arguments.Any(argument => argument == $"--{input.Key}"
                          || argument.StartsWith($"--{input.Key}=", StringComparison.Ordinal))
                      from argument in Switches.Contains(input.Key)
                          ? input.Value == "true" ? new[] { $"--{input.Key}" } : []
                          : [$"--{input.Key}={input.Value}"]
                      select argument;
        return [.. verb, .. options, .. arguments.Skip(verb.Count)];
    }

    private bool IsScript(string[] arguments) =>
        arguments is not ([] or ["post"]) && (Environment.ContainsKey("GITHUB_ACTIONS") || Environment.ContainsKey("TF_BUILD"));

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        Files.Dispose();
    }

    private static async Task<World> StartAsync(Func<SandboxOptions, SandboxOptions>? change)
    {
        var options = new SandboxOptions
        {
            Clients =
            [
                new SandboxClient(Canary.ClientId, Canary.ClientSecret.Value, Canary.OrganizationId, "Example Contact Centre")
                {
                    AccessKeyId = Canary.AccessKeyId,
                    AccessKeySecret = Canary.AccessKeySecret.Value,
                    Account = Canary.Account,
                    PublicKeyPem = TestKey.Ec.PublicPem,
                },
            ],
            NewToken = () => Canary.Token.Value,
            NewRefreshToken = () => Canary.RefreshToken.Value,
            NewIdTokenSignature = () => Canary.IdTokenSignature.Value,
        };
        var world = new World(await SandboxServer.StartAsync(change?.Invoke(options) ?? options));
        world.Inputs["provider"] = "genesys-cloud";
        world.Inputs["client-id"] = Canary.ClientId;
        world.Inputs["client-secret"] = Canary.ClientSecret.Value;
        world.Inputs["token-url"] = new Uri(world.Sandbox.HttpAddress, "oauth/token").ToString();
        world.Inputs["api-url"] = world.Sandbox.HttpAddress.ToString();
        return world;
    }
}
