namespace Ccaas.Action.Tests.OAuth;

/// <summary>What a step keeps for its post step: whole, and only for itself.</summary>
public sealed class RevocationStateTests
{
    private static readonly TokenToRevokeLater Target = new(
        new Secret("some-token"), new Uri("https://api.example.test/tokens/me"), IsVendorsOwn: true,
            new Uri("https://login.example.test/token"), new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void State_is_read_as_it_was_written()
    {
        var opened = RevocationState.Open(RevocationState.Seal(Target, Some.Request()), Some.Request())!;

        Assert.Equal("some-token", opened.Token.Reveal());
        Assert.Equal(Target with { Token = opened.Token }, opened);
    }

    [Fact]
    public void State_shows_nothing_of_the_token() =>
        Assert.DoesNotContain("some-token", RevocationState.Seal(Target, Some.Request()), StringComparison.Ordinal);

    [Fact]
    public void State_opens_for_no_other_secret_client_or_provider()
    {
        var state = RevocationState.Seal(Target, Some.Request());
        TokenPlan[] others =
        [
            Some.Plan with { Client = Some.Client("some-client", Some.OtherSecret) },
            Some.Plan with { Client = Some.Client("other-client", Some.Secret) },
            Some.Plan with { Provider = "other-provider" },
        ];

        Assert.All(others, plan => Assert.Null(RevocationState.Open(state, Some.Request() with { Plan = plan })));
    }

    /// <summary>Sealed it may be, but a token goes nowhere in clear.</summary>
    [Theory]
    [InlineData("http://api.example.test/", "https://login.example.test/")]
    [InlineData("https://api.example.test/", "ftp://login.example.test/")]
    public void Address_that_no_token_may_be_sent_to_does_not_open(string address, string tokenEndpoint)
    {
        var state = RevocationState.Seal(
            Target with { Address = new Uri(address), TokenEndpoint = new Uri(tokenEndpoint) }, Some.Request());

        Assert.Null(RevocationState.Open(state, Some.Request()));
    }

    [Fact]
    public void Something_else_sealed_with_the_same_key_does_not_open()
    {
        var key = SealingKey.Derive(Some.Request().KeySecrets, "revocation state", "genesys-cloud", "some-client");

        Assert.Null(RevocationState.Open(SealedText.Seal(key, "null"u8), Some.Request()));
        Assert.Null(RevocationState.Open(SealedText.Seal(key, "{}"u8), Some.Request()));
        Assert.Null(RevocationState.Open(SealedText.Seal(key, """{"token":"some-token","address":"https://api.example.test/","token_endpoint":"https://login.example.test/"}"""u8), Some.Request()));
        Assert.Null(RevocationState.Open(SealedText.Seal(key, "not json"u8), Some.Request()));
        // With nothing missing it opens: the key is the right one.
        Assert.NotNull(RevocationState.Open(SealedText.Seal(key, """{"token":"some-token","address":"https://api.example.test/","is_vendors_own":true,"token_endpoint":"https://login.example.test/"}"""u8), Some.Request()));
    }
}
