using System.Text.Json;
using Ccaas.Testing;
using static Ccaas.EndToEnd.Tests.Attacks.Responses;

namespace Ccaas.EndToEnd.Tests.Attacks;

/// <summary>
/// Hostile texts in every place of a response, where not GitHub's runner reads the log: a task, a terminal, and scripts of both
/// systems.
/// </summary>
public sealed class SystemTests
{
    private const string Commands = "\n##vso[task.complete result=Succeeded]x\r\n##vso[task.setvariable "
        + "variable=PATH]/tmp\n::add-mask::x\n::stop-commands::x\u001B[2J\u202E\u200B";

    private static readonly string Text = JsonSerializer.Serialize(Commands);

    private static readonly Dictionary<string, (int ExitCode, Behavior Server)> Places = new()
    {
        ["error"] = (3, Status("400 Bad Request", "", $$"""{"error":{{Text}}}""")),
        ["description"] = (3, Status("400 Bad Request", "", $$"""{"error":"x","error_description":{{Text}}}""")),
        ["long description"] = (3, Error("400 Bad Request", "x", Repeat("##vso[task.complete]\\n", 20_000))),
        ["reason"] = (6, Status("599 ##vso[task.complete result=Succeeded]")),
        ["media type"] = (6, Status("200 OK", "Content-Type: ##vso[task.complete]\r\n", "nonsense")),
        ["correlation id"] = (4, Status("403 Forbidden", "ININ-Correlation-Id: ##vso[task.complete result=Succeeded]::error::x\r\n")),
        ["type"] = (6, Json($$"""{"access_token":"{{Canary.Token.Value}}","token_type":{{Text}}}""")),
        ["scope"] = (0, Json(BodyWith($"\"scope\":{Text}"))),
        ["refresh token"] = (0, Json(BodyWith($"\"refresh_token\":{Text}"))),
        ["key"] = (0, Json(BodyWith($"{Text}:1"))),
        ["token"] = (6, Json(Body.Replace(Canary.Token.Value, Text[1..^1], StringComparison.Ordinal))),
    };

    public static IEnumerable<object[]> Rows =>
        from system in new[] { "task", "terminal", "script in GitHub", "script in Azure" }
        from place in Places.Keys
        select new object[] { system, place };

    [NativeTheory]
    [MemberData(nameof(Rows))]
    public async Task Hostile_text_does_no_harm(string system, string place)
    {
        var (exitCode, behavior) = Places[place];
        await using var server = new RawServer(behavior);
        await using var world = await (system switch
        {
            "task" or "script in Azure" => World.AzureAsync(),
            "terminal" => World.TerminalAsync(),
            _ => World.GitHubAsync(),
        });
        world.Inputs["token-url"] = $"http://127.0.0.1:{server.Port}/oauth/token";
        world.Inputs["cache"] = "off";
        world.Inputs["max-attempts"] = "1";

        var run = await world.RunAsync(system.StartsWith("script", StringComparison.Ordinal) ? ["get"] : []);

        Assert.Equal(system == "task" ? 0 : exitCode, run.ExitCode);
        ShownText.AssertHarmless(ShownText.Of(run));
        Scenario.AssertSafe(run, exitCode);
        if (system == "task")
        {
            Assert.DoesNotContain("PATH", run.AgentLog().Variables.Keys);
            Assert.DoesNotContain("PATH", run.AgentLog().Outputs.Keys);
        }

        if (run.IsScript)
        {
            Assert.Equal(exitCode == 0 ? $"{Canary.Token.Value}\n" : "", run.Printed);
        }
    }
}
