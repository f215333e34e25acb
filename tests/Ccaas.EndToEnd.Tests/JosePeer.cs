using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests;

/// <summary>An independent implementation of JOSE, in a process of its own for one list of commands.</summary>
internal static class JosePeer
{
    private const string Packages = "tests/Ccaas.EndToEnd.Tests/Jose";

    /// <returns>The reason to skip, or null.</returns>
    public static string? Need() => Needs.Program("node", "nodejs") ?? Needs.Required(
        Directory.Exists(Path.Combine(Folder(), "node_modules", "jose")) ? null : $"needs its packages: npm ci --prefix {Packages}");

    /// <param name="commands">As the script has them.</param>
    /// <returns>For each command <c>output</c>, or <c>error</c> with code, claim and message.</returns>
    public static async Task<IReadOnlyList<JsonElement>> SendAsync(params JsonObject[] commands)
    {
        var environment = new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH")!, ["HOME"] = Folder() };
        var lines = string.Concat(commands.Select(command => $"{command.ToJsonString()}\n"));
        using var child = ChildProcess.Start(new ProcessStartInfo("node", [Path.Combine(Folder(), "jose.mjs")]), environment, lines);
        var (exitCode, output, error) = await child.WaitAsync();
        Assert.True(exitCode == 0, $"exit code {exitCode}\n{output}\n{error}");
        var responses = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(commands.Length, responses.Length);
        return [.. responses.Select(response => JsonSerializer.Deserialize<JsonElement>(response))];
    }

    /// <summary>The one answer, which is no error.</summary>
    public static async Task<JsonElement> AskAsync(JsonObject command)
    {
        var response = (await SendAsync(command))[0];
        Assert.True(response.TryGetProperty("output", out var output), response.ToString());
        return output;
    }

    /// <summary>What both sides have to know, by the derivation that is documented: the key, its id, and the audience.</summary>
    public static async Task<(string Key, string Id, string Audience)> DeriveAsync(string secret, params string[] identity)
    {
        var derived = await AskAsync(new JsonObject
        {
            ["do"] = "derive",
            ["secrets"] = new JsonArray(secret),
            ["use"] = "sealed",
            ["identity"] = new JsonArray([.. identity.Select(text => JsonValue.Create(text))]),
        });
        return (derived.GetProperty("key").GetString()!, derived.GetProperty("id").GetString()!, derived.GetProperty("audience")
            .GetString()!);
    }

    // In the source, because that is where npm puts the packages.
    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Jose");
}
