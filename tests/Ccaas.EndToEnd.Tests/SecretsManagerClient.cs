using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ccaas.Sandbox;
using Ccaas.Sandbox.SecretsManager;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests;

/// <summary>AWS's own client of Secrets Manager, in a process of its own for one list of commands.</summary>
internal sealed class SecretsManagerClient(SandboxServer sandbox)
{
    private const string Packages = "tests/Ccaas.EndToEnd.Tests/SecretsManagerClient";

    public string Region { get; init; } = new SandboxAws().Region;

    /// <summary>How often a request is made in all.</summary>
    public int Attempts { get; init; } = 1;

    public TimeSpan ClockOffset { get; init; }

    /// <summary>What becomes of a request after it was signed, in the script's words; null: nothing.</summary>
    public string? Change { get; init; }

    /// <summary>Where the client has its keys from, in the script's words.</summary>
    public required JsonObject Credentials { get; init; }

    /// <returns>The reason to skip, or null.</returns>
    public static string? Need() => Needs.Program("node", "nodejs") ?? Needs.Required(
        Directory.Exists(Path.Combine(Folder(), "node_modules", "@aws-sdk")) ? null : $"needs its packages: npm ci --prefix {Packages}");

    public static SecretsManagerClient With(SandboxServer sandbox, SandboxAccessKey key) =>
        new(sandbox) { Credentials = CredentialsOf(key) };

    public static JsonObject CredentialsOf(SandboxAccessKey key) => new()
    {
        ["key"] = new JsonObject
        {
            ["accessKeyId"] = key.AccessKeyId,
            ["secretAccessKey"] = key.SecretAccessKey,
            ["sessionToken"] = key.SessionToken,
        },
    };

    /// <returns>For each command what it gave, or <c>error</c> with name and message.</returns>
    public async Task<IReadOnlyList<JsonElement>> SendAsync(params (string Command, JsonObject Input)[] commands)
    {
        var setup = new JsonObject
        {
            ["endpoint"] = sandbox.HttpsAddress.ToString(),
            ["ca"] = sandbox.CertificateAuthorityPem,
            ["region"] = Region,
            ["attempts"] = Attempts,
            ["clockOffset"] = ClockOffset.TotalMilliseconds,
            ["change"] = Change,
            ["credentials"] = Credentials.DeepClone(),
            ["commands"] = new JsonArray([.. commands.Select(command => new JsonArray(command.Command, command.Input))]),
        };
        // Nothing of the machine's own settings for AWS, or of its proxy, has a say.
        var environment = new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH")!, ["HOME"] = Folder() };
        using var child = ChildProcess.Start(
            new ProcessStartInfo("node", [Path.Combine(Folder(), "client.mjs")]), environment, setup.ToJsonString());
        var (exitCode, output, error) = await child.WaitAsync();
        Assert.True(exitCode == 0, $"exit code {exitCode}\n{output}\n{error}");
        using var document = JsonDocument.Parse(output);
        return [.. document.RootElement.EnumerateArray().Select(result => result.Clone())];
    }

    // In the source, because that is where npm puts the packages.
    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "SecretsManagerClient");
}
