using Ccaas.Sandbox.GitHubRunner;
using FsCheck;
using FsCheck.Fluent;
using WorkflowCommand = Ccaas.Action.CiSystems.GitHubActions.WorkflowCommand;

namespace Ccaas.Action.Tests.CiSystems.GitHubActions;

/// <summary>What is written as a command is what the runner understands.</summary>
public sealed class WorkflowCommandTests
{
    // The runner trims properties and passes over empty ones, so neither can be told from the other.
    private static Gen<string> PropertyValues { get; } = HostileText.Any.Select(text => text.Trim().TrimStart('='))
        .Where(text => text.Length > 0 && text == text.Trim());

    [Fact]
    public void Any_data_comes_back() => Property.HoldsForAnyText(data =>
    {
        var line = WorkflowCommand.Format("add-mask", data);

        AssertOneLine(line);
        var command = WorkflowCommandParser.Parse(line);
        Assert.Equal("add-mask", command?.Name);
        Assert.Equal(data, command?.Data);
        Assert.Empty(command!.Properties);
    });

    [Fact]
    public void Any_data_and_property_come_back() => Property.Holds(
        from value in PropertyValues from data in HostileText.Any select (value, data),
        sample =>
        {
            var line = WorkflowCommand.Format("error", "title", sample.value, sample.data);

            AssertOneLine(line);
            var command = WorkflowCommandParser.Parse(line);
            Assert.Equal("error", command?.Name);
            Assert.Equal([KeyValuePair.Create("title", sample.value)], command!.Properties);
            Assert.Equal(sample.data, command.Data);
        });

    [Fact]
    public void Any_token_is_masked_as_it_is() => Property.Holds(HostileText.Token, token =>
        Assert.Equal([token], new StepLog().Append($"{WorkflowCommand.Format("add-mask", token)}\n").Masks));

    [Theory]
    [InlineData("100 %", "::debug::100 %25")]
    [InlineData("%0A", "::debug::%250A")]
    [InlineData("a\r\nb", "::debug::a%0D%0Ab")]
    [InlineData("a:b,c", "::debug::a:b,c")]
    [InlineData("", "::debug::")]
    public void Data_is_escaped_as_the_runner_documents_it(string data, string line) =>
        Assert.Equal(line, WorkflowCommand.Format("debug", data));

    [Fact]
    public void Property_is_escaped_further() =>
        Assert.Equal("::error title=a%3Ab%2Cc%0A%25::x:y", WorkflowCommand.Format("error", "title", "a:b,c\n%", "x:y"));

    private static void AssertOneLine(string line) => Assert.DoesNotContain(line, c => c is '\r' or '\n');
}
