using System.Reflection;
using System.Text.Json;

namespace Ccaas.Action.Tests.Core;

/// <summary>What is said when something goes wrong, and what is not.</summary>
public sealed class FailureTests
{
    [Fact]
    public void Bug_is_described_without_what_its_exception_says()
    {
        var failure = Bug.Describe(Thrown(() => throw new InvalidOperationException("some-secret at /home/builder/file.cs")));

        var told = string.Join('\n', failure.Lines());
        Assert.Equal(ExitCode.Bug, failure.ExitCode);
        Assert.Contains(nameof(InvalidOperationException), told, StringComparison.Ordinal);
        Assert.Contains(nameof(Bug_is_described_without_what_its_exception_says), told, StringComparison.Ordinal);
        Assert.DoesNotContain("some-secret", told, StringComparison.Ordinal);
        Assert.DoesNotContain(".cs:line", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Failure_is_told_from_fact_to_remedy()
    {
        var failure = new FailureException(
            ExitCode.Network, "Title", "It happened.", "a cause.", "do this.", "a-topic")
        { Details = ["one", "two"] };

        Assert.Equal(
            ["It happened.", "- one", "- two", "Likely cause: a cause.", "What to do: do this.",
                $"More: {Links.Troubleshooting("a-topic")}"],
            failure.Lines());
        Assert.DoesNotContain(new FailureException(ExitCode.Network, "Title", "It happened.", "", "do this.", "a-topic").Lines(), line =>
            line.StartsWith("Likely", StringComparison.Ordinal));
    }

    /// <summary>
    /// A secret within records, strings, exceptions and JSON shows three asterisks, and has no other way out than the one named
    /// Reveal.
    /// </summary>
    [Fact]
    public void Secret_shows_nothing_of_itself()
    {
        var secret = new Secret("some-secret");

        Assert.Equal("***", $"{secret}");
        Assert.DoesNotContain("some-secret", Some.Request().ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("some-token", Some.Publication().ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("some-secret", JsonSerializer.Serialize(secret), StringComparison.Ordinal);
        Assert.DoesNotContain(typeof(Secret).GetMethods(BindingFlags.Public | BindingFlags.Static), method =>
            method.Name.StartsWith("op_", StringComparison.Ordinal));
        Assert.Equal("some-secret", secret.Reveal());
    }

    private static Exception Thrown(System.Action throws) => Assert.ThrowsAny<Exception>(throws);
}
