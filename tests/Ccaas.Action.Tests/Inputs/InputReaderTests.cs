namespace Ccaas.Action.Tests.Inputs;

/// <summary>What comes of a given text, at both sides of each bound, and what is said of one that cannot be read.</summary>
public sealed class InputReaderTests
{
    private readonly InputValues _values = new();
    private readonly InputProblems _problems = new();

    [Theory]
    [InlineData("true", true, "")]
    [InlineData("TRUE", true, "")]
    [InlineData("false", false, "")]
    [InlineData("yes", false, "verify: 'yes' is neither true nor false.")]
    public void Flag_is_true_or_false(string text, bool value, string problem)
    {
        Assert.Equal(value, Reader("verify", text).Flag("verify"));
        Assert.Equal(problem, Problem());
    }

    [Theory]
    [InlineData("one", 1, "")]
    [InlineData("TWO", 2, "")]
    [InlineData("four", 1, "flow: 'four' is not possible here; give one, two or three.")]
    [InlineData(null, 1, "flow: '' is not possible here; give one, two or three.")]
    public void Choice_is_one_of_its_words(string? text, int value, string problem)
    {
        Assert.Equal(value, Reader("flow", text).Choice("flow", ("one", 1), ("two", 2), ("three", 3)));
        Assert.Equal(problem, Problem());
    }

    [Theory]
    [InlineData("2s", 2, "")]
    [InlineData("5s", 5, "")]
    [InlineData("1s", 5, "timeout: '1s' is not a length of time from 2 s to 5 s; write it like 30s, 5m or 1h.")]
    [InlineData("6s", 5, "timeout: '6s' is not a length of time from 2 s to 5 s; write it like 30s, 5m or 1h.")]
    [InlineData("soon", 5, "timeout: 'soon' is not a length of time from 2 s to 5 s; write it like 30s, 5m or 1h.")]
    public void Duration_lies_within_its_bounds(string text, int seconds, string problem)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), Reader("timeout", text)
            .Duration("timeout", TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)));
        Assert.Equal(problem, Problem());
    }

    [Theory]
    [InlineData("2", 2, "")]
    [InlineData("5", 5, "")]
    [InlineData("1", 5, "max-attempts: '1' is not a whole number from 2 to 5.")]
    [InlineData("6", 5, "max-attempts: '6' is not a whole number from 2 to 5.")]
    [InlineData("+3", 5, "max-attempts: '+3' is not a whole number from 2 to 5.")]
    public void Count_lies_within_its_bounds(string text, int number, string problem)
    {
        Assert.Equal(number, Reader("max-attempts", text).Count("max-attempts", 2, 5));
        Assert.Equal(problem, Problem());
    }

    [Fact]
    public void List_is_separated_by_more_than_words_are()
    {
        var reader = Reader("scope", "one,two; three\tfour\r\n five");

        Assert.Equal(["one", "two", "three", "four", "five"], reader.List("scope"));
        Assert.Equal(["one,two;", "three", "four", "five"], reader.Words("scope"));
        Assert.Empty(reader.List("audience"));
        Assert.Empty(reader.Words("audience"));
    }

    [Theory]
    [InlineData("https://api.example.com/path", false, "")]
    [InlineData("https://api.example.com/path?a=b", false, "")]
    [InlineData("https://api.example.com/path?a=b", true, "api-url: holds a query (?…); give the address without it.")]
    public void Address_below_which_paths_stand_has_no_query(string text, bool isBase, string problem)
    {
        Assert.Equal(text, Reader("api-url", text).Endpoint("api-url", isBase)!.OriginalString);
        Assert.Equal(problem, Problem());
    }

    [Fact]
    public void Address_that_is_none_is_null_and_not_shown()
    {
        Assert.Null(Reader("api-url", "user:password@example.com").Endpoint("api-url"));
        Assert.Equal("api-url: is not an address; write it whole, like https://login.example.com/oauth/token.", Problem());
    }

    [Fact]
    public void Issuer_stays_to_the_letter()
    {
        Assert.Equal("https://issuer.example.com", Reader("issuer", "https://issuer.example.com").Issuer("issuer"));
        Assert.Null(Reader("api-url", null).Issuer("api-url"));
    }

    /// <summary>Why secrets may be missing is said once.</summary>
    [Fact]
    public void Missing_inputs_are_named_with_what_they_are()
    {
        var reader = Reader("provider", null);
        _values.Ignore("region", "INPUT_REGION");

        Assert.Equal("", reader.Required("account", "the account's name"));
        Assert.Equal("", reader.Required("region", "the region"));
        Assert.Equal("", reader.RequiredSecret("client-secret", "the secret").Reveal());
        Assert.Equal("", reader.RequiredSecretText("private-key", "the key"));

        Assert.Equal(
            [
                "region: missing; give the region. INPUT_REGION does not count in a script of a job; give --region.",
                "account: missing; give the account's name.",
                "client-secret: missing; give the secret. Some hint.",
                "private-key: missing; give the key.",
            ],
            _problems.Lines());
    }

    [Fact]
    public void Credentials_alone_may_be_missing_beside_a_sealed_token()
    {
        var reader = Reader("provider", null);
        reader.NeedsNoCredentials = true;

        Assert.Equal("", reader.Required("client-id", "the id"));
        Assert.Equal("", reader.RequiredSecretText("client-secret", "the secret"));
        Assert.Empty(_problems.Lines());
        reader.Required("account", "the account's name");

        Assert.Equal("account: missing; give the account's name.", Problem());
    }

    [Fact]
    public void Text_that_is_no_secret_is_refused_where_one_must_be()
    {
        Assert.Equal("***", Reader("client-secret", "***").RequiredSecret("client-secret", "the secret").Reveal());
        Assert.Equal("client-secret: is asterisks: a masked value was copied from a log; store the real one.", Problem());
    }

    [Fact]
    public void What_nobody_reads_was_given_in_vain()
    {
        var reader = Reader("region", "eu-west-1");
        _values.Offer("account", "some-account", "test");
        _values.Offer("timeout", "30s", "test");

        Assert.True(reader.Given("account"));
        Assert.False(reader.Given("flow"));
        Assert.Equal("eu-west-1", reader.Text("region"));
        Assert.Equal(["account"], reader.UnusedInputs());
    }

    [Fact]
    public void Value_is_shown_within_eighty_characters() =>
        Assert.Equal(80, Reader("region", new string('x', 100)).Shown("region").Length);

    /// <summary>What is invisible in an input is said, and nothing that follows from it.</summary>
    [Fact]
    public void Character_that_does_not_show_settles_the_input()
    {
        Assert.Equal(5, Reader("max-attempts", "3\u200B").Count("max-attempts", 2, 5));
        Assert.Equal("max-attempts: holds a character that does not show (U+200B, at place 2); type it again without.", Problem());
    }

    [Fact]
    public void Problem_is_said_once_and_in_the_catalogs_order()
    {
        _problems.Add("region", "is wrong.");
        _problems.Add("something else", "is wrong.");
        _problems.Add("provider", "is wrong.");
        _problems.Add("region", "is wrong.");
        _problems.Add("region", "is wrong in another way.");

        Assert.True(_problems.Any);
        Assert.True(_problems.Has("region"));
        Assert.False(_problems.Has("account"));
        Assert.Equal(["provider: is wrong.", "region: is wrong.", "region: is wrong in another way.", "something else: is wrong."],
            _problems.Lines());
    }

    [Fact]
    public void Value_that_comes_first_wins_and_says_where_it_is_from()
    {
        _values.Offer("region", "one", "first");
        _values.Offer("region", "two", "second");
        _values.Offer("account", "", "third");
        _values.Offer("environment-variable", "", "fourth");

        Assert.Equal(("one", "first"), (_values.Given("region"), _values.Source("region")));
        // Empty is not given, unless it is an answer.
        Assert.Equal((null, null), (_values.Given("account"), _values.Source("account")));
        Assert.Equal(("", "fourth"), (_values.Given("environment-variable"), _values.Source("environment-variable")));
        Assert.Null(_values.Ignored("region"));
    }

    private InputReader Reader(string name, string? text)
    {
        if (text is not null)
        {
            _values.Offer(name, text, "test");
        }

        return new InputReader(_values, _problems, new UntrustedText(new Redactor()), " Some hint.");
    }

    private string Problem() => string.Join('\n', _problems.Lines());
}
