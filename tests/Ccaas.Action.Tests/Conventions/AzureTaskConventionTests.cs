using System.Text.Json;

namespace Ccaas.Action.Tests.Conventions;

/// <summary>
/// The Azure Pipelines task says the same as the program: no input that it does not know, none missing, the same defaults.
/// </summary>
public sealed class AzureTaskConventionTests
{
    /// <summary>Inputs of the task alone: connections, which hold inputs, and how the program is started.</summary>
    private static readonly string[] OfTheTask = ["genesysConnection", "cxoneConnection", "runner"];

    private static readonly JsonElement Task = JsonDocument.Parse(Repository.Read("azure-pipelines-task/task/task.json")).RootElement;

    private static readonly JsonElement Manifest =
        JsonDocument.Parse(Repository.Read("azure-pipelines-task/vss-extension.json")).RootElement;

    private static IReadOnlyList<InputDefinition> Inputs { get; } = [.. Input.All.Where(input => !input.IsOptionOnly)];

    [Fact]
    public void Task_has_the_inputs_of_the_catalog_in_camel_case() => Assert.Equal(
        Inputs.Select(input => CamelCase(input.Name)).Concat(OfTheTask).Order(StringComparer.Ordinal),
        Declared("inputs").Select(input => input.GetProperty("name").GetString()!).Order(StringComparer.Ordinal));

    [Fact]
    public void Task_fills_in_its_inputs_as_the_catalog_does() => Assert.All(Inputs, input =>
    {
        var declared = Declared("inputs").Single(candidate => candidate.GetProperty("name").GetString() == CamelCase(input.Name));

        Assert.Equal(input.Default ?? "", declared.TryGetProperty("defaultValue", out var value)
            ? value.ToString().ToLowerInvariant()
            : "", ignoreCase: true);
        Assert.Equal(input.IsSwitch, declared.GetProperty("type").GetString() == "boolean");
    });

    [Fact]
    public void Task_declares_the_outputs_that_are_published() => Assert.Equal(
        Outputs.Of(Some.Publication(), TimeProvider.System).Select(output => CamelCase(output.Key)),
        Declared("outputVariables").Select(output => output.GetProperty("name").GetString()));

    /// <summary>
    /// Region, issuer and flow are data, so that the agent does not mask them; what they are called is what the program reads.
    /// </summary>
    [Fact]
    public void Connections_hold_inputs_that_the_program_knows()
    {
        var known = Inputs.Select(input => CamelCase(input.Name)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var type in Manifest.GetProperty("contributions").EnumerateArray()
            .Where(contribution => contribution.GetProperty("type").GetString() == "ms.vss-endpoint.service-endpoint-type"))
        {
            var properties = type.GetProperty("properties");
            var data = properties.GetProperty("inputDescriptors").EnumerateArray().Select(input => input.GetProperty("id").GetString()!)
                .ToList();

            Assert.All(data, id => Assert.Contains(id, known));
            Assert.DoesNotContain(data, id =>
                Inputs.Single(input => CamelCase(input.Name).Equals(id, StringComparison.OrdinalIgnoreCase)).IsSecret);
            Assert.Contains("region", data);
        }
    }

    private static JsonElement.ArrayEnumerator Declared(string list) => Task.GetProperty(list).EnumerateArray();

    private static string CamelCase(string name) =>
        string.Concat(name.Split('-').Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
}
