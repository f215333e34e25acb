using System.Text;
using Ccaas.Action;
using Ccaas.Action.Core;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests.Attacks;

/// <summary>Responses that a generator makes, against the whole program within this process: none of them is a bug report.</summary>
public sealed class GeneratedResponseTests
{
    private const int Count = 300;

    private static readonly ExitCode[] Documented =
        [ExitCode.Done, ExitCode.CredentialsRefused, ExitCode.NotPermitted, ExitCode.RateLimited, ExitCode.ServerFailed, ExitCode.Network];

    [Fact]
    public async Task No_response_is_a_bug()
    {
        var seed = Environment.TickCount;
#pragma warning disable RS0030 // Chance that can be had again, by the seed that a failure names.
        var generator = new GeneratedResponse(new Random(seed));
#pragma warning restore RS0030
        var broken = Encoding.Latin1.GetBytes(Responses.Text("200 OK", "", Responses.BodyWith("\"\\ud800\":\"x\"")));
        var failures = new List<string>();
        await using var world = await World.GitHubAsync();
        foreach (var response in Enumerable.Range(0, Count).Select(_ => generator.Next()).Append(broken))
        {
            if (await FindAsync(world, response) is { } problem)
            {
                failures.Add($"{problem}\n{Encoding.Latin1.GetString(response.AsSpan(0, Math.Min(response.Length, 500)))}");
            }
        }

        Assert.True(failures.Count == 0, $"seed {seed}: {failures.Count} of {Count}\n{string.Join("\n\n", failures.Take(3))}");
    }

    /// <returns>What is wrong with the run; null: nothing.</returns>
    private static async Task<string?> FindAsync(World world, byte[] response)
    {
        await using var server = new RawServer(async wire =>
        {
            await wire.ReadRequestAsync();
            await wire.SendAsync(response);
        });
        foreach (var name in CommandFileSet.Names)
        {
            await File.WriteAllTextAsync(world.Files.Path(name), "");
        }

        world.Give(
        [
            ("provider", "genesys-cloud"), ("client-id", Canary.ClientId), ("client-secret", Canary.ClientSecret.Value), ("cache", "off"),
                ("timeout", "5s"), ("max-attempts", "1"),
            ("token-url", $"http://127.0.0.1:{server.Port}/oauth/token"),
        ]);
        using var output = new StringWriter();
        var exitCode = await new Application(
            new ProcessEnvironment(world.Variables(), TextReader.Null, output, TextWriter.Null), TimeProvider.System)
            .RunAsync([], CancellationToken.None);

        var run = new Run(world, [], (int)exitCode, output.ToString(), "");
        if (!Documented.Contains(exitCode))
        {
            return $"exit code {(int)exitCode}\n{ShownText.Of(run)}";
        }

        return Record.Exception(() =>
        {
            ShownText.AssertHarmless(ShownText.Of(run));
            Scenario.AssertSafe(run, (int)exitCode);
        })?.Message;
    }
}
