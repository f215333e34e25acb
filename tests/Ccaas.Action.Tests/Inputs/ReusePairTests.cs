namespace Ccaas.Action.Tests.Inputs;

/// <summary>
/// Every pair of the inputs that decide what becomes of a token: what would hurt another job, machine or step is refused.
/// </summary>
public sealed class ReusePairTests
{
    private const string Store = "azure-keyvault://contoso/token";

    /// <summary>A null problem: the two go together.</summary>
    public static TheoryData<string, string, string?> Pairs => new()
    {
        // Other jobs still use the token when this one ends.
        { "revoke=true", "seal=true", "seal" },
        { "revoke=true", "sealed-token=some", "revoke" },
        // And so do other machines.
        { "revoke=true", $"cache={Store}", "revoke" },
        // Nobody else has it.
        { "revoke=true", "cache=off", null },
        // Steps that revoke share a token among themselves: all of them have ended before the first post step revokes it.
        { "revoke=true", "cache=job", null },
        // Scripts of the job use the token before the post step runs.
        { "revoke=true", "install=true", null },
        // A chain of jobs: the token is published, or a fresh one in its place.
        { "seal=true", "sealed-token=some", null },
        // A sealed token is one more copy, and nobody ends it before its time.
        { "seal=true", "cache=off", null },
        { "seal=true", "cache=job", null },
        { "seal=true", $"cache={Store}", null },
        { "seal=true", "install=true", null },
        // Looked at first; what follows is asked when it cannot be used.
        { "sealed-token=some", "cache=off", null },
        { "sealed-token=some", "cache=job", null },
        { "sealed-token=some", $"cache={Store}", null },
        { "sealed-token=some", "install=true", null },
        // Scripts have a cache input of their own.
        { "cache=off", "install=true", null },
        { "cache=job", "install=true", null },
        { $"cache={Store}", "install=true", null },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Pair_is_accepted_or_refused(string one, string other, string? problem)
    {
        var values = new InputValues();
        foreach (var given in new[] { "provider=genesys-cloud", "client-id=some-client", $"client-secret={Some.Secret}", one, other })
        {
            var parts = given.Split('=', 2);
            values.Offer(parts[0], parts[1], "test");
        }

        var problems = new InputProblems();
        TokenRequestFactory.Create(new InputReader(values, problems, new UntrustedText(new Redactor()), ""), NetworkSettings.Default);

        Assert.Equal(problem is null ? [] : [problem], problems.Lines().Select(line => line.Split(':')[0].TrimStart('-', ' ')).Distinct());
    }

    [Fact]
    public void Every_pair_is_in_the_table()
    {
        string[] all = ["revoke=true", "seal=true", "sealed-token=some", "cache=off", "cache=job", $"cache={Store}", "install=true"];
        var pairs = from one in all.Index()
                    from other in all.Index()
                    where one.Index < other.Index
            && one.Item.Split('=')[0] != other.Item.Split('=')[0]
                    select $"{one.Item} {other.Item}";

        Assert.Equal(pairs.Order(StringComparer.Ordinal), Pairs.Select(row => $"{row[0]} {row[1]}").Order(StringComparer.Ordinal));
    }
}
