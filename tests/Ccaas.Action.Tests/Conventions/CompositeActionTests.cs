using System.Text.RegularExpressions;
using Ccaas.Testing;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Ccaas.Action.Tests.Conventions;

/// <summary>The composite action of the examples: held against action.yml, and run as the runner runs it.</summary>
public sealed partial class CompositeActionTests
{
    private static readonly ActionFile Action = Read("action.yml");
    private static readonly ActionFile Composite = Read("examples/composite-action/action.yml");

    private static Step Token => Assert.Single(Composite.Runs.Steps);

    [Fact]
    public void Composite_action_passes_inputs_that_the_action_has() =>
        Assert.Subset(Action.Inputs.Keys.ToHashSet(), Token.With.Keys.ToHashSet());

    [Fact]
    public void Composite_action_passes_on_each_of_its_inputs() => Assert.Equal(
        Composite.Inputs.Keys.Order(StringComparer.Ordinal),
        Token.With.Values.SelectMany(value => References(value, "inputs")).Order(StringComparer.Ordinal));

    [Fact]
    public void Composite_action_has_outputs_that_the_action_has() => Assert.All(Composite.Outputs.Values, output =>
        Assert.Contains(Assert.Single(References(output.Value, $"steps.{Token.Id}.outputs")), Action.Outputs.Keys));

    [Fact]
    public async Task Composite_action_gives_a_masked_token_and_revokes_it()
    {
        await using var world = await World.GitHubAsync();
        var given = Composite.Inputs.Keys.ToDictionary(name => $"${{{{ inputs.{name} }}}}", name => world.Inputs[name]!);
        // Every input that the step does not name arrives with its default, or empty.
        world.Give(Action.Inputs.Select(input =>
            (input.Key, Token.With.TryGetValue(input.Key, out var value)
            ? given.GetValueOrDefault(value, value)
            : input.Value.Default ?? "")));

        var run = await world.RunAsync();

        Scenario.AssertSafe(run, 0);
        Assert.Equal(0, run.ExitCode);
        var outputs = Composite.Outputs.ToDictionary(
            output => output.Key, output => run.Outputs[Assert.Single(References(output.Value.Value, $"steps.{Token.Id}.outputs"))]);
        Assert.Equal(Canary.Token.Value, outputs["access-token"]);
        Assert.All(outputs.Values, Assert.NotEmpty);
        Assert.Empty(run.Exports);

        var post = await world.RunPostAsync();

        Scenario.AssertSafe(post, 0);
        Assert.Contains("Revoked", post.Output, StringComparison.Ordinal);
    }

    private static IEnumerable<string> References(string expression, string context) =>
        from Match reference in Expression().Matches(expression)
        where reference.Groups[1].Value == context
        select reference.Groups[2].Value;

    private static ActionFile Read(string file) =>
        new DeserializerBuilder().WithNamingConvention(HyphenatedNamingConvention.Instance).IgnoreUnmatchedProperties().Build()
            .Deserialize<ActionFile>(Repository.Read(file));

    [GeneratedRegex(@"\$\{\{ ([a-z.]+)\.([a-z-]+) \}\}")]
    private static partial Regex Expression();

    private sealed class ActionFile
    {
        public Dictionary<string, Declaration> Inputs { get; set; } = [];

        public Dictionary<string, Declaration> Outputs { get; set; } = [];

        public Runs Runs { get; set; } = new();
    }

    private sealed class Declaration
    {
        public string? Default { get; set; }

        public string Value { get; set; } = "";
    }

    private sealed class Runs
    {
        public List<Step> Steps { get; set; } = [];
    }

    private sealed class Step
    {
        public string Id { get; set; } = "";

        public Dictionary<string, string> With { get; set; } = [];
    }
}
