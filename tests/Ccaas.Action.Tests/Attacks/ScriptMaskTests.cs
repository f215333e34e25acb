using Ccaas.Testing;

namespace Ccaas.Action.Tests.Attacks;

/// <summary>
/// A script's fresh token, echoed by the script through both streams of its step, which the runner reads apart: the mask is
/// there before it, whichever reader is late. A thousand times on the native executable: <c>ScriptMaskRaceTests</c>.
/// </summary>
public sealed class ScriptMaskTests
{
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(200);

    /// <summary>What this harness must be able to show: a mask on one stream and the token on the other, as it was.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Mask_on_the_other_stream_comes_too_late(bool isOutputLate)
    {
        await using var world = await World.GitHubAsync();
        var (mask, token) = isOutputLate ? (1, 2) : (2, 1);

        var step = await RunAsync(
            world, $"echo '::add-mask::{Canary.Token.Value}' >&{mask}; echo '{Canary.Token.Value}' >&{token}", isOutputLate);

        Assert.True(step.ShowsToken, step.Shown);
    }

    [Theory]
    [InlineData("T=$(\"$@\" get OPTIONS); echo \"$T\"; echo \"$T\" >&2", true)]
    [InlineData("T=$(\"$@\" get OPTIONS); echo \"$T\"; echo \"$T\" >&2", false)]
    [InlineData("\"$@\" exec OPTIONS -- sh -c 'echo $CCAAS_ACCESS_TOKEN; echo $CCAAS_ACCESS_TOKEN >&2'", true)]
    [InlineData("\"$@\" exec OPTIONS -- sh -c 'echo $CCAAS_ACCESS_TOKEN; echo $CCAAS_ACCESS_TOKEN >&2'", false)]
    [InlineData("f() { T=$(\"$@\" get OPTIONS 2>/dev/null); echo $T; }; X=$(f \"$@\"); echo $X; echo $X >&2", false)]
    [InlineData("X=$(bash -c 'T=$(\"$@\" get OPTIONS 2>&1 | tail -1); echo $T' - \"$@\"); echo $X; echo $X >&2", false)]
    [InlineData("printf 'half a line'; printf 'another half' >&2; T=$(\"$@\" get OPTIONS); echo \"$T\"; echo \"$T\" >&2", true)]
    [InlineData("exec 2>&1; T=$(\"$@\" get OPTIONS); echo \"$T\"", true)]
    [InlineData("\"$@\" get OPTIONS | tee /dev/stderr", true)]
    public async Task Token_is_masked_on_both_streams_before_it_is_shown(string script, bool isOutputLate)
    {
        await using var world = await World.GitHubAsync();

        var step = await RunAsync(world, script, isOutputLate);

        Assert.Equal(0, step.ExitCode);
        Assert.False(step.ShowsToken, step.Shown);
        Assert.Contains("***", step.Shown, StringComparison.Ordinal);
    }

    /// <summary>What a script keeps of the streams is the token where it asked for it, and no secret anywhere.</summary>
    [Fact]
    public async Task Streams_that_a_script_keeps_hold_no_secret()
    {
        await using var world = await World.GitHubAsync();

        var step = await ScriptStep.RunAsync(world, $"\"$@\" get {ScriptStep.Options(world)} > token.given 2> kept; \"$@\" exec "
            + $"{ScriptStep.Options(world)} -- true 2>&1 | tee -a kept");

        Assert.Equal(0, step.ExitCode);
        Assert.Equal($"{Canary.Token.Value}\n", await File.ReadAllTextAsync(world.Files.Path("token.given")));
        var kept = await File.ReadAllTextAsync(world.Files.Path("kept"));
        Assert.Contains("Obtained access token", kept, StringComparison.Ordinal);
        Assert.Empty(Canary.All.SelectMany(canary => canary.FindIn(kept)));
    }

    [Fact]
    public async Task Secrets_that_a_script_gives_are_printed_nowhere()
    {
        await using var world = await World.GitHubAsync();

        var step = await ScriptStep.RunAsync(world, $"\"$@\" get {ScriptStep.Options(world)} > /dev/null");

        Assert.Equal(0, step.ExitCode);
        Assert.Contains("::add-mask::", step.Raw, StringComparison.Ordinal);
        Assert.Empty(Canary.ClientSecret.FindIn(step.Raw));
    }

    /// <summary>Where one stream of the step is a file, the mask is not kept there.</summary>
    [Theory]
    [InlineData("exec > log; T=$(\"$@\" get OPTIONS); echo \"$T\" >&2")]
    [InlineData("exec 2> log; T=$(\"$@\" get OPTIONS); echo \"$T\"")]
    public async Task Mask_is_never_written_to_a_file(string script)
    {
        await using var world = await World.GitHubAsync();

        var step = await RunAsync(world, script, isOutputLate: false);

        Assert.Equal(0, step.ExitCode);
        Assert.False(step.ShowsToken, step.Shown);
        Assert.Contains("***", step.Shown, StringComparison.Ordinal);
        Assert.Empty(Canary.All.SelectMany(canary => canary.FindIn(File.ReadAllText(world.Files.Path("log")))));
    }

    [Theory]
    [InlineData("exec > log 2>&1; \"$@\" get OPTIONS")]
    [InlineData("mkfifo pipe; exec 3<> pipe; exec > pipe 2>&1; \"$@\" get OPTIONS 2> log")]
    [InlineData("GITHUB_OUTPUT= \"$@\" get OPTIONS 2> log")]
    [InlineData("exec > log 2>&1; \"$@\" exec OPTIONS -- echo it ran")]
    public async Task Script_whose_token_could_not_be_masked_is_refused_before_anything_is_sent(string script)
    {
        await using var world = await World.GitHubAsync();

        var step = await RunAsync(world, script, isOutputLate: false);

        Assert.Equal(2, step.ExitCode);
        Assert.Empty(world.Sandbox.Requests);
        var log = await File.ReadAllTextAsync(world.Files.Path("log"));
        Assert.Contains("masks: cannot reach the log of this step", log, StringComparison.Ordinal);
        Assert.DoesNotContain("it ran", log, StringComparison.Ordinal);
    }

    private static Task<ScriptStep> RunAsync(World world, string script, bool isOutputLate) => ScriptStep.RunAsync(
        world,
        script.Replace("OPTIONS", ScriptStep.Options(world), StringComparison.Ordinal),
        isOutputLate ? Late : TimeSpan.Zero,
        isOutputLate ? TimeSpan.Zero : Late);
}
