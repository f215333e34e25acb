using System.Text.RegularExpressions;
using Ccaas.Action.Tests.Conventions;
using Ccaas.Testing;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Ccaas.Action.Tests.Scenarios;

/// <summary>
/// The example of a composite action, run as the runner runs one: inputs are put into the step, outputs are taken from it.
/// </summary>
public sealed partial class CompositeScenarios
{
    private const string Example = "examples/composite-action/action.yml";

    [Fact]
    public async Task Composite_action_passes_inputs_in_and_outputs_out()
    {
        var action = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build()
            .Deserialize<Composite>(Repository.Read(Example));
        var step = Assert.Single(action.Runs.Steps);
        Assert.Equal(("composite", "token", "org/ccaas-token-action@v1"), (action.Runs.Using, step.Id, step.Uses));
        await using var world = await World.GitHubAsync();
        var given = new Dictionary<string, string> { ["client-secret"] = Canary.ClientSecret.Value, ["client-id"] = Canary.ClientId };
        foreach (var (name, value) in step.With)
        {
            Assert.Contains(name, Input.OfAction.Select(input => input.Name));
            world.Inputs[name] = Expression().Replace(value, reference => Value(reference.Groups[1].Value, action, given));
        }

        // The sandbox is not a region, and has another organization.
        world.Inputs["allowed-organizations"] = Canary.OrganizationId;

        var run = await world.RunAsync();

        Assert.Equal(0, run.ExitCode);
        var outputs = action.Outputs.ToDictionary(output => output.Key, output => Expression().Replace(output.Value["value"], reference =>
        {
            var name = reference.Groups[1].Value;
            Assert.StartsWith("steps.token.outputs.", name, StringComparison.Ordinal);
            return run.Outputs[name["steps.token.outputs.".Length..]];
        }));
        Assert.Equal(Canary.Token.Value, outputs["access-token"]);
        Assert.Equal(world.Sandbox.HttpAddress.ToString().TrimEnd('/'), outputs["api-url"]);
        Assert.NotEmpty(outputs["expires-at"]);
        Assert.True(world.Sandbox.IsTokenValid(Canary.Token.Value));
        await world.RunPostAsync();
        Assert.False(world.Sandbox.IsTokenValid(Canary.Token.Value));
    }

    private static string Value(string reference, Composite action, Dictionary<string, string> given)
    {
        Assert.StartsWith("inputs.", reference, StringComparison.Ordinal);
        var name = reference["inputs.".Length..];
        Assert.Contains(name, action.Inputs.Keys);
        return given.GetValueOrDefault(name) ?? action.Inputs[name]["default"];
    }

    [GeneratedRegex(@"\$\{\{ ([a-z.\-]+) \}\}")]
    private static partial Regex Expression();

    private sealed class Composite
    {
        public string Name { get; set; } = "";

        public string Description { get; set; } = "";

        public Dictionary<string, Dictionary<string, string>> Inputs { get; set; } = [];

        public Dictionary<string, Dictionary<string, string>> Outputs { get; set; } = [];

        public CompositeRuns Runs { get; set; } = new();
    }

    private sealed class CompositeRuns
    {
        public string Using { get; set; } = "";

        public List<CompositeStep> Steps { get; set; } = [];
    }

    private sealed class CompositeStep
    {
        public string Id { get; set; } = "";

        public string Uses { get; set; } = "";

        public Dictionary<string, string> With { get; set; } = [];
    }
}
