using System.Net;
using System.Text;
using FsCheck.Fluent;

namespace Ccaas.Action.Tests.OAuth;

/// <summary>What counts as a token, and how long it is said to last.</summary>
public sealed class TokenResponseReaderTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly Redactor _redactor = new();

    [Theory]
    [InlineData("3600", 3600)]
    [InlineData("86400", 86400)]
    [InlineData("1", 1)]
    [InlineData("3600.9", 3600)]
    [InlineData("3.6e3", 3600)]
    [InlineData("\"3600\"", 3600)]
    [InlineData("\" 3600 \"", 3600)]
    [InlineData("\"3600.5\"", 3600)]
    [InlineData("3199999999", 3199999999)]
    public void Lifetime_is_whole_seconds(string expiresIn, double seconds)
    {
        var issued = Succeed($$"""{"access_token":"some-token","expires_in":{{expiresIn}}}""");

        Assert.Equal(TimeSpan.FromSeconds(seconds), issued.Token.Lifetime!.Total);
        Assert.Equal(_time.GetUtcNow().AddSeconds(seconds), issued.Token.Lifetime.ExpiresAt);
        Assert.False(issued.LifetimeNotUnderstood);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("-0.0")]
    [InlineData("3200000000")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("99999999999999999999999999")]
    [InlineData("\"soon\"")]
    [InlineData("\"\"")]
    [InlineData("\"NaN\"")]
    [InlineData("\"Infinity\"")]
    [InlineData("\"3,600\"")]
    [InlineData("true")]
    [InlineData("[3600]")]
    [InlineData("{\"seconds\":3600}")]
    public void Lifetime_that_makes_no_sense_is_unknown_with_a_warning(string expiresIn)
    {
        var issued = Succeed($$"""{"access_token":"some-token","expires_in":{{expiresIn}}}""");

        Assert.Null(issued.Token.Lifetime);
        Assert.True(issued.LifetimeNotUnderstood);
    }

    [Theory]
    [InlineData("""{"access_token":"some-token"}""")]
    [InlineData("""{"access_token":"some-token","expires_in":null}""")]
    public void Lifetime_that_is_not_told_is_unknown_without_a_warning(string body)
    {
        Assert.Null(Succeed(body).Token.Lifetime);
        Assert.False(Succeed(body).LifetimeNotUnderstood);
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("bearer")]
    [InlineData("BEARER")]
    [InlineData("BearerToken")]
    public void Type_is_bearer_in_any_case(string type) => Succeed($$"""{"access_token":"some-token","token_type":"{{type}}"}""");

    /// <summary>Whatever is wrong with a success, its text is not quoted: it may hold a token.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("\"canary-token\"")]
    [InlineData("[\"canary-token\"]")]
    [InlineData("{\"access_token\":\"canary-token\"")]
    [InlineData("{}")]
    [InlineData("{\"access_token\":null}")]
    [InlineData("{\"access_token\":\"\"}")]
    [InlineData("{\"access_token\":12345678}")]
    [InlineData("{\"access_token\":{\"value\":\"canary-token\"}}")]
    [InlineData("{\"accessToken\":\"canary-token\"}")]
    [InlineData("{\"access_token\":\"canary\"}")]
    [InlineData("{\"access_token\":\"canary token\"}")]
    [InlineData("{\"access_token\":\"canary-token\\n\"}")]
    [InlineData("{\"access_token\":\"canary-token\\u0000\"}")]
    [InlineData("{\"access_token\":\"canary-tokén\"}")]
    [InlineData("{\"access_token\":\"canary-token\\ud83d\\ude00\"}")]
    [InlineData("{\"access_token\":\"canary-token\\ud83d\"}")]
    [InlineData("{\"access_token\":\"canary-token\",\"token_type\":\"DPoP\"}")]
    [InlineData("{\"access_token\":\"canary-token\",\"token_type\":\"\"}")]
    [InlineData("<html>canary-token</html>")]
    public void Success_that_is_no_token_is_refused_and_never_quoted(string body)
    {
        var failure = Assert.Throws<FailureException>(() => Read(body));

        Assert.Equal(ExitCode.ServerFailed, failure!.ExitCode);
        Assert.DoesNotContain("canary", string.Join('\n', failure.Lines()), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_token_of_printable_ascii_is_read_as_it_is() =>
        Property.Holds(HostileText.Token.Where(token => token.Length >= 8), token =>
        Assert.Equal(token, Succeed($$"""{"access_token":{{System.Text.Json.JsonSerializer.Serialize(token)}}}""").Token.Value.Reveal()));

    [Fact]
    public void Token_may_be_64_KiB_long()
    {
        Assert.Equal(65536, Succeed($$"""{"access_token":"{{new string('t', 65536)}}"}""").Token.Value.Reveal().Length);
        Assert.Throws<FailureException>(() => Read($$"""{"access_token":"{{new string('t', 65537)}}"}"""));
    }

    [Fact]
    public void Any_body_is_read_or_refused() => Property.HoldsForAnyText(text =>
    {
        foreach (var body in new[] { text, $$"""{"access_token":"{{text}}"}""", $$"""{"access_token":"some-token","expires_in":{{text}}}""", $$"""{"access_token":"some-token","token_type":"{{text}}"}""" })
        {
            if (Record.Exception(() => Read(body)) is { } exception)
            {
                Assert.IsType<FailureException>(exception);
            }
        }
    });

    [Fact]
    public void Token_and_those_that_come_along_are_masked()
    {
        var issued = Succeed("""{"access_token":"some-token","refresh_token":"the-refresh-token","id_token":"the-id-token","device_secret":"the-device-secret","scope":"read","expires_in":"1","session_token":1}""");

        Assert.All(["some-token", "the-refresh-token", "the-id-token", "the-device-secret"], text =>
            Assert.Equal("***", _redactor.Redact(text)));
        Assert.Equal("the-id-token", issued.IdToken!.Reveal());
    }

    /// <summary>RFC 8259 §8.1: JSON is UTF-8.</summary>
    [Theory]
    [InlineData("""{"access_token":"some-token","?":1}""")]
    [InlineData("""{"access_token":"some-token","?_token":"x"}""")]
    [InlineData("""{"access_token":"some-token","x":"?"}""")]
    public void Bytes_that_are_no_text_make_the_response_invalid(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body).Select(b => b == '?' ? (byte)0xFF : b).ToArray();

        var failure = Assert.Throws<FailureException>(() => Read(bytes));
        Assert.Equal(ExitCode.ServerFailed, failure!.ExitCode);
    }

    [Theory]
    [InlineData("""{"access_token":"some-token","instance_url":"https://api.example.test"}""", "https://api.example.test")]
    [InlineData("""{"access_token":"some-token","instance_url":""}""", null)]
    [InlineData("""{"access_token":"some-token","instance_url":7}""", null)]
    [InlineData("""{"access_token":"some-token"}""", null)]
    public void Field_that_holds_the_apis_address_is_read(string body, string? address) =>
        Assert.Equal(address, Succeed(body, "instance_url").Api);

    private TokenResponse Succeed(string body, string? apiField = null)
    {
        return Read(body, apiField);
    }

    private TokenResponse Read(string body, string? apiField = null) => Read(Encoding.UTF8.GetBytes(body), apiField);

    private TokenResponse Read(byte[] body, string? apiField = null)
    {
        var report = new AttemptInfo("Token request") { Count = 1, StartedAt = _time.GetUtcNow(), StartedTimestamp = _time.GetTimestamp() };
        var reply = new HttpReply(
            HttpStatusCode.OK, "application/json", body, VendorError.None, report)
        { Headers = new Dictionary<string, string>() };
        return new TokenResponseReader(new Masker(_redactor, new NoMasks()), new UntrustedText(_redactor))
            .Read(reply, "login.example.test", apiField);
    }
}
