using Ccaas.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Ccaas.Action.Tests.CiSystems.AzurePipelines;

/// <summary>What is written as a command is what the agent understands.</summary>
public sealed class LoggingCommandTests
{
    // The agent trims properties.
    private static Gen<string> PropertyValues { get; } = HostileText.Any.Select(text => text.Trim())
        .Where(text => text.Length > 0 && text == text.Trim());

    [Fact]
    public void Any_data_comes_back() => Property.HoldsForAnyText(data =>
    {
        var line = LoggingCommand.Format("task.setsecret", [], data);

        AssertOneLine(line);
        Assert.Equal(data, AgentCommand.Parse(line)?.Data);
    });

    [Fact]
    public void Any_data_and_property_come_back() => Property.Holds(
        from value in PropertyValues from data in HostileText.Any select (value, data),
        sample =>
        {
            var line = LoggingCommand.Format("task.setvariable", [("variable", sample.value), ("issecret", "true")], sample.data);

            AssertOneLine(line);
            var command = AgentCommand.Parse(line);
            Assert.Equal("task.setvariable", command?.Name);
            Assert.Equal(new Dictionary<string, string> { ["variable"] = sample.value, ["issecret"] = "true" }, command!.Properties);
            Assert.Equal(sample.data, command.Data);
        });

    [Theory]
    [InlineData("100 %", "##vso[task.debug]100 %AZP25")]
    [InlineData("%0A", "##vso[task.debug]%AZP250A")]
    [InlineData("a\r\nb", "##vso[task.debug]a%0D%0Ab")]
    [InlineData("a;b]c", "##vso[task.debug]a;b]c")]
    public void Data_is_escaped_as_the_agent_reads_it(string data, string line) =>
        Assert.Equal(line, LoggingCommand.Format("task.debug", [], data));

    [Fact]
    public void Property_is_escaped_further() =>
        Assert.Equal("##vso[task.logissue type=a%3Bb%5Dc%0A%AZP25;]x;y",
            LoggingCommand.Format("task.logissue", [("type", "a;b]c\n%")], "x;y"));

    private static void AssertOneLine(string line) => Assert.DoesNotContain(line, c => c is '\r' or '\n');
}
