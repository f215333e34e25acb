using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests;

/// <summary>The vendors' own clients, each in a process of its own against the https address of a sandbox.</summary>
internal static class VendorClient
{
    private const string Packages = "tests/Ccaas.EndToEnd.Tests/VendorClients";

    /// <returns>The reason to skip, or null.</returns>
    public static string? Need() => Needs.Program("node", "nodejs") ?? Needs.Required(
        new[] { "@nice-devone/auth-sdk", "@salesforce/cli", "openid-client" }.All(package =>
            Directory.Exists(Path.Combine(Folder(), "node_modules", package))) ? null : $"needs its packages: npm ci --prefix {Packages} "
            + "--ignore-scripts");

    /// <param name="script">The client's script, without its extension.</param>
    /// <param name="world">Whose sandbox the client talks to, and whose folder it may write to.</param>
    /// <param name="credentials">As the script has them, besides the address.</param>
    /// <returns>What the script tells.</returns>
    public static async Task<JsonElement> RunAsync(string script, World world, JsonObject credentials)
    {
        var (exitCode, output, error) = await TryAsync(script, world, credentials);
        Assert.True(exitCode == 0,
            $"exit code {exitCode}\n{output}\n{error}\n{string.Join('\n', world.Sandbox.Requests.Select(request => $"{request.Method} {request.Path} {request.Status}"))}");
        return JsonSerializer.Deserialize<JsonElement>(output);
    }

    public static Task<(int ExitCode, string Output, string Error)> TryAsync(string script, World world, JsonObject credentials)
    {
        var input = (JsonObject)credentials.DeepClone();
        input["address"] = world.Sandbox.HttpsAddress.ToString();
        return StartAsync(world, [Path.Combine(Folder(), $"{script}.mjs")], input.ToJsonString());
    }

    /// <summary>Salesforce's command-line tool, which gets a token the way that its documentation has it for CI systems.</summary>
    public static async Task<JsonElement> SfAsync(World world, string? token, params string[] arguments)
    {
        var (exitCode, output, error) =
            await StartAsync(world, [Path.Combine(Folder(), "node_modules/@salesforce/cli/bin/run.js"), .. arguments, "--json"], null,
            token);
        Assert.True(exitCode == 0, $"exit code {exitCode}\n{output}\n{error}");
        return JsonSerializer.Deserialize<JsonElement>(output).GetProperty("result");
    }

    private static async Task<(int ExitCode, string Output, string Error)> StartAsync(World world, string[] arguments, string? input,
        string? token = null)
    {
        // Nothing of the machine's own settings, or of its proxy, has a say.
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["HOME"] = Directory.CreateDirectory(world.Files.Path("home")).FullName,
            ["NODE_EXTRA_CA_CERTS"] = world.GiveFile("authority", world.Sandbox.CertificateAuthorityPem),
            // sf asks for no address but the sandbox's, and keeps its key in a file.
            ["SF_DISABLE_TELEMETRY"] = "true",
            ["SF_AUTOUPDATE_DISABLE"] = "true",
            ["SF_SKIP_NEW_VERSION_CHECK"] = "true",
            ["SF_USE_GENERIC_UNIX_KEYCHAIN"] = "true",
        };
        if (token is not null)
        {
            environment["SF_ACCESS_TOKEN"] = token;
        }

        using var child = ChildProcess.Start(new ProcessStartInfo("node", arguments), environment, input);
        return await child.WaitAsync();
    }

    // In the source, because that is where npm puts the packages.
    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "VendorClients");
}
