using System.Reflection;
using System.Text.RegularExpressions;
using CommandLine;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Ccaas.Action.Tests.Conventions;

/// <summary>The public contract is written in several places; here they are held against one another.</summary>
public sealed partial class ContractConventionTests
{
    private static readonly ActionFile Metadata = ReadAction("action.yml");

    private static IReadOnlyList<InputDefinition> Inputs { get; } = [.. Input.All.Where(input => !input.IsOptionOnly)];

    private static IReadOnlyList<string> OutputNames { get; } =
        [.. Outputs.Of(Some.Publication(), TimeProvider.System).Select(output => output.Key)];

    [Fact]
    public void Action_has_the_inputs_of_the_catalog_in_its_order() =>
        Assert.Equal(Inputs.Select(input => input.Name), Metadata.Inputs.Keys);

    [Fact]
    public void Action_describes_and_fills_in_its_inputs_as_the_catalog_does() => Assert.All(Inputs, input =>
    {
        var declared = Metadata.Inputs[input.Name];

        Assert.Equal(input.Description, declared.Description);
        Assert.Equal(input.Default, declared.Default);
        // The others can come from elsewhere, or have a default.
        Assert.Equal(input.Name == Input.Provider, declared.Required);
    });

    [Fact]
    public void Action_has_the_outputs_that_are_published_in_their_order()
    {
        Assert.Equal(OutputNames, Metadata.Outputs.Keys);
        Assert.All(Metadata.Outputs.Values, output => Assert.NotEmpty(output.Description));
    }

    /// <summary>A workflow changes from one to the other by <c>uses</c> alone.</summary>
    [Fact]
    public void Action_without_Docker_has_the_same_inputs_and_outputs_and_an_address_of_its_own()
    {
        var native = ReadAction("native/action.yml");

        Assert.Equal(Metadata.Inputs.Keys.Append("executable-url"), native.Inputs.Keys);
        Assert.All(Metadata.Inputs, input => Assert.Equivalent(input.Value, native.Inputs[input.Key]));
        Assert.Equal(Metadata.Outputs.Keys, native.Outputs.Keys);
        Assert.All(Metadata.Outputs, output => Assert.Equivalent(output.Value, native.Outputs[output.Key]));
        Assert.Equal("node24", native.Runs["using"]);
        Assert.All(["main", "post"], stage => Assert.True(File.Exists(Path.Combine(Repository.Root, "native", native.Runs[stage]))));
    }

    /// <summary>The runner prints arguments; and a value, which only a composite action has, would be an expression.</summary>
    [Fact]
    public void Action_runs_in_a_container_without_arguments()
    {
        // The post step has another name of the program for an entry point, since it can have no argument either.
        Assert.Equal($"/ccaas-token-{CommandLineInputs.Post}", Metadata.Runs["post-entrypoint"]);
        Assert.Equal("docker", Metadata.Runs["using"]);
        Assert.Contains("image", Metadata.Runs.Keys);
        Assert.DoesNotContain("args", Metadata.Runs.Keys);
        Assert.DoesNotContain("entrypoint", Metadata.Runs.Keys);
        Assert.All(Metadata.Outputs.Values, output => Assert.Null(output.Value));
    }

    [Fact]
    public void Names_are_kebab_case() => Assert.All(
        Input.All.Select(input => input.Name).Concat(OutputNames),
        name => Assert.Matches("^[a-z]+(-[a-z]+)*$", name));

    [Fact]
    public void Every_input_has_an_option_and_no_secret_has() => Assert.Equal(
        Input.All.Where(input => !input.IsSecret).Select(input => input.Name).Order(StringComparer.Ordinal),
        Options.Select(option => option.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Switches_of_the_catalog_are_switches_of_the_command_line() => Assert.Equal(
        Input.All.Where(input => input.IsSwitch).Select(input => input.Name).Order(StringComparer.Ordinal),
        Options.Where(option => option.Type == typeof(bool)).Select(option => option.Name).Order(StringComparer.Ordinal));

    /// <summary>An option that is parsed and then forgotten would be worse than none.</summary>
    [Fact]
    public void Every_option_arrives_as_the_input_of_its_name()
    {
        foreach (var input in Input.All.Where(input => !input.IsSecret))
        {
            var values = new InputValues();
            var problems = new InputProblems();

            string[] verb = typeof(AcquireOptions).GetProperties()
                .Any(option => option.GetCustomAttribute<OptionAttribute>()?.LongName == input.Name) ? [] : ["revoke"];

            Assert.NotEqual(Verb.ShowHelp,
                CommandLineInputs.ReadInto(values, problems, input.IsSwitch
                ? [.. verb, $"--{input.Name}"]
                : [.. verb, $"--{input.Name}", "some-value"]).Verb);

            Assert.False(problems.Any);
            Assert.Equal(input.IsSwitch ? "true" : "some-value", values.Given(input.Name));
            Assert.All(Input.All.Where(other => other != input), other => Assert.Null(values.Given(other.Name)));
        }
    }

    [Fact]
    public void Help_tells_of_everything()
    {
        var help = HelpText.Write();

        Assert.All(
            Input.All.Where(input => input is not { IsSecret: true, IsOptionOnly: true }),
            input =>
                Assert.Contains(input.IsSecret ? $"  {input.ScriptVariableName}" : $"  --{input.Name}", help, StringComparison.Ordinal));
        Assert.DoesNotContain("--client-secret ", help, StringComparison.Ordinal);
        Assert.All(help.Split('\n'), line => Assert.InRange(line.Length, 0, 120));
    }

    [Fact]
    public void Readme_lists_every_input_and_its_default()
    {
        var rows = Tables("README.md").ToLookup(row => row[0]);

        Assert.All(Inputs, input =>
        {
            var row = Assert.Single(rows[$"`{input.Name}`"], row => row.Length == 3);
            if (input.Default is { } value)
            {
                Assert.Equal($"`{value}`", row[1]);
            }
        });
        Assert.All(Input.All.Where(input => input is { IsOptionOnly: true, IsSecret: false }), input =>
            Assert.Contains($"`--{input.Name}", Repository.Read("README.md"), StringComparison.Ordinal));
    }

    [Fact]
    public void Readme_lists_every_output()
    {
        var rows = Tables("README.md").ToLookup(row => row[0]);

        Assert.All(OutputNames, output => Assert.Contains(rows[$"`{output}`"], row => row.Length == 2));
    }

    [Fact]
    public void Readme_lists_every_exit_code() => Assert.Superset(
        Enum.GetValues<Ccaas.Action.Core.ExitCode>().Select(code => $"{(int)code}").ToHashSet(),
        Tables("README.md").Select(row => row[0]).ToHashSet());

    private static IReadOnlyList<(string Name, Type Type)> Options { get; } =
        [.. from property in typeof(AcquireOptions).GetProperties().Concat(typeof(RevokeOptions).GetProperties())
            .DistinctBy(property => property.Name) let option =
            property.GetCustomAttribute<OptionAttribute>() where option is not null select (option.LongName, property.PropertyType)];

    private static ActionFile ReadAction(string file) =>
        new DeserializerBuilder().WithNamingConvention(HyphenatedNamingConvention.Instance).Build()
            .Deserialize<ActionFile>(Repository.Read(file));

    private static IEnumerable<string[]> Tables(string file) =>
        from line in Repository.Read(file).Split('\n')
        where line.StartsWith('|')
        select Pipe().Split(line).Skip(1).SkipLast(1).Select(cell => cell.Trim()).ToArray();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Pipe();

    /// <summary>What action.yml may hold; anything else in it fails the reading.</summary>
    private sealed class ActionFile
    {
        public string Name { get; set; } = "";

        public string Description { get; set; } = "";

        public string Author { get; set; } = "";

        public Dictionary<string, string> Branding { get; set; } = [];

        public Dictionary<string, Declaration> Inputs { get; set; } = [];

        public Dictionary<string, Declaration> Outputs { get; set; } = [];

        public Dictionary<string, string> Runs { get; set; } = [];
    }

    private sealed class Declaration
    {
        public string Description { get; set; } = "";

        public string? Default { get; set; }

        public string? Value { get; set; }

        public bool Required { get; set; }
    }
}
