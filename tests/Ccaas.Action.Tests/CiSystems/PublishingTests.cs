namespace Ccaas.Action.Tests.CiSystems;

/// <summary>What later steps and people are told of a token, part by part.</summary>
public sealed class PublishingTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Outputs_hold_what_is_known()
    {
        var requested = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
        _time.SetWallClock(requested);
        var publication = Publication() with
        {
            Token = new AccessToken(new Secret("some-token"), new Lifetime(TimeSpan.FromSeconds(3600), requested, _time.GetTimestamp())),
            Organization = new Organization("some-id", "Some Name"),
            Source = TokenSource.Store,
            SealedToken = "some-sealed-token",
        };
        _time.Advance(TimeSpan.FromSeconds(0.5));

        Assert.Equal(
            [
                "access-token=some-token", "token-type=Bearer", "expires-in=3599", "expires-at=2026-01-31T13:00:00Z",
                    "provider=genesys-cloud", "region=eu-west-1",
                "api-url=https://api.example.test", "organization-id=some-id", "organization-name=Some Name", "source=store",
                    "sealed-token=some-sealed-token",
            ],
            Outputs(publication));
    }

    [Fact]
    public void Output_of_what_is_not_known_is_empty() => Assert.Equal(
        [
            "access-token=some-token", "token-type=Bearer", "expires-in=", "expires-at=", "provider=genesys-cloud", "region=", "api-url=",
            "organization-id=", "organization-name=", "source=issued", "sealed-token=",
        ],
        Outputs(Publication() with { Api = new VendorApi(null, "") }));

    [Fact]
    public void Token_is_exported_under_the_name_that_was_asked_for() =>
        Assert.Equal(["NAME=some-token"], Exports(new Export("NAME", ToolEnvironment: false)));

    [Fact]
    public void Nothing_is_exported_where_nothing_was_asked_for() => Assert.Empty(Exports(new Export(null, ToolEnvironment: false)));

    /// <summary>A tool's variable without a value of its own is the one for the token.</summary>
    [Fact]
    public void Tools_variables_are_exported_beside_it() =>
        Assert.Equal(["NAME=some-token", "TOOL_REGION=some-region", "TOOL_TOKEN=some-token"],
        Exports(new Export("NAME", ToolEnvironment: true)));

    [Fact]
    public void Tools_variables_are_exported_alone() =>
        Assert.Equal(["TOOL_REGION=some-region", "TOOL_TOKEN=some-token"], Exports(new Export(null, ToolEnvironment: true)));

    /// <summary>A name that is both holds the token, as its author asked.</summary>
    [Fact]
    public void No_name_is_exported_twice() =>
        Assert.Equal(["TOOL_REGION=some-token", "TOOL_TOKEN=some-token"], Exports(new Export("TOOL_REGION", ToolEnvironment: true)));

    [Fact]
    public void Summary_tells_all_that_is_known()
    {
        var lifetime = new Lifetime(
            TimeSpan.FromSeconds(3600), new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero), _time.GetTimestamp());
        var token = new AccessToken(new Secret("some-token"), lifetime);

        Assert.Equal(
            [
                "Provider: Genesys Cloud,", "Region: eu-west-1,", "API: ,https://api.example.test", "Organization: Some Name,some-id",
                "Expires: 2026-01-31 13:00:00 UTC (after 1 h),", "Attempts: 1,", $"Token: ,{token.Fingerprint}",
            ],
            Rows(Publication() with { Token = token, Organization = new Organization("some-id", "Some Name") }));
    }

    [Fact]
    public void Summary_leaves_out_what_is_not_known()
    {
        var publication = Publication() with { Api = new VendorApi(null, ""), Attempts = 0, Source = TokenSource.Cache };

        Assert.Equal(
            ["Provider: Genesys Cloud,", "Expires: not told by the server,", "Source: from the job's cache,",
                $"Token: ,{publication.Token.Fingerprint}"],
            Rows(publication));
    }

    [Theory]
    [InlineData("Issued", "")]
    [InlineData("Cache", "from the job's cache")]
    [InlineData("Sealed", "sealed by another job")]
    [InlineData("Store", "from the store")]
    public void Source_is_said_in_words(string source, string words) =>
        Assert.Equal(words, SummaryRow.SourceText(Enum.Parse<TokenSource>(source)));

    [Fact]
    public void Failure_to_write_names_what_could_not_be_written()
    {
        var failure = PublishFailures.NotWritten("The file of outputs");

        Assert.Equal(ExitCode.Bug, failure.ExitCode);
        Assert.Equal("The results could not be written", failure.Title);
        Assert.Equal(
            [
                "The file of outputs could not be written; nothing was published.",
                    "Likely cause: the disk is full, or the job is being torn down.",
                "What to do: make room on the disk and run the job again.",
                    $"More: {Links.Troubleshooting("the-results-could-not-be-written")}",
            ],
            failure.Lines());
    }

    private static Publication Publication() => Some.Publication();

    private IEnumerable<string> Outputs(Publication publication) =>
        Ccaas.Action.CiSystems.Outputs.Of(publication, _time).Select(output => $"{output.Key}={output.Value}");

    private static IEnumerable<string> Exports(Export export)
    {
        var publication = Publication();
        var plan = publication.Plan with { ToolEnvironment = [new("TOOL_REGION", "some-region"), new("TOOL_TOKEN", null)] };
        return EnvironmentExports.Of(publication with { Request = publication.Request with { Plan = plan, Export = export } })
            .Select(variable => $"{variable.Key}={variable.Value}");
    }

    private static IEnumerable<string> Rows(Publication publication) =>
        SummaryRow.Of(publication).Select(row => $"{row.Name}: {row.Text},{row.Code}");
}
