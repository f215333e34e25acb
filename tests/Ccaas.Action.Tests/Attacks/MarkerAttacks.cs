using Ccaas.Sandbox.GitHubRunner;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Attacks;

/// <summary>An earlier step says that this is the other CI system, whose commands would print secrets in clear.</summary>
public sealed class MarkerAttacks
{
    [Theory]
    [InlineData("GITHUB_ACTIONS")]
    [InlineData("TF_BUILD")]
    public async Task Marker_of_the_other_system_is_refused_before_anything_is_said(string planted)
    {
        await using var attack = await Attack.StartAsync(planted == "TF_BUILD" ? World.GitHubAsync : World.AzureAsync);
        attack.GiveIssuer();
        foreach (var arguments in new[] { [], ["get"], ["exec", "--", "env"], new[] { "revoke" } })
        {
            var variables = attack.World.Variables(arguments).ToDictionary();
            variables[planted] = "true";
            using var child = ChildProcess.Start(Executable.Start(attack.World.ArgumentsOf(arguments)), variables);

            var (exitCode, output, error) = await child.WaitAsync();

            Assert.Equal((2, ""), (exitCode, output));
            Assert.Matches("^[^#:]+: GITHUB_ACTIONS and TF_BUILD are both set[^#]+\n\\z", error);
        }

        Assert.Empty(attack.World.Sandbox.Requests);
    }

    [Fact]
    public async Task Marker_of_the_other_system_does_not_prevent_revocation()
    {
        await using var attack = await Attack.StartAsync(World.GitHubAsync);
        attack.GiveAsRunner();
        attack.World.Inputs["revoke"] = "true";
        await attack.World.RunAsync();
        foreach (var (name, value) in CommandFileParser.Parse(attack.World.Files.Read("GITHUB_STATE")).Values)
        {
            attack.World.Environment[$"STATE_{name}"] = value;
        }

        using var child = ChildProcess.Start(
            Executable.Start(["post"]), attack.World.Variables().Append(new("TF_BUILD", "True")).ToDictionary());
        var (exitCode, output, _) = await child.WaitAsync();

        Assert.Equal(0, exitCode);
        Assert.Contains("Revoked", output, StringComparison.Ordinal);
    }
}
