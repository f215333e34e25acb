using System.Diagnostics;
using System.Text.Json;
using Ccaas.Sandbox;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Attacks;

/// <summary>
/// What a token endpoint, or its metadata, may answer to get a secret, or an address, into the log, or to keep the step busy.
/// </summary>
public sealed class ResponseAttacks : IAsyncLifetime
{
    private const string Token = "attacked-access-token-Zx81";

    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.GitHubAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    /// <summary>Tokens beside the token: more than any server sends, or longer ones. Each would be masked in some twenty forms.</summary>
    [Theory]
    [InlineData(17, 20)]
    [InlineData(5_000, 20)]
    [InlineData(40_000, 8)]
    [InlineData(1, 900_000)]
    [InlineData(16, 60_000)]
    public async Task Response_that_holds_too_many_tokens_is_invalid_and_shows_none_of_them(int count, int length)
    {
        var companions = Enumerable.Range(0, count)
            .Select(i => $"\"k{i}_token\":\"{string.Concat(Enumerable.Repeat($"{i:x4}", (length / 4) + 1))[..length]}\"");
        var clock = Stopwatch.StartNew();

        var run = await AnswerAsync($$"""{"access_token":"{{Token}}","token_type":"Bearer",{{string.Join(',', companions)}}}""");

        AssertInvalid(run);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 15);
        Assert.InRange(run.Output.Length, 0, 32_768);
        Assert.DoesNotContain("0000000000000000", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("token_type", Token)]
    [InlineData("token_type", "www.evil.example.test")]
    [InlineData("token_type", "attacked-access-token")]
    [InlineData("token_type", "refresh-Zx81-with-more")]
    [InlineData("token_type", "Bearer of attacked-access-token-Zx81")]
    [InlineData("instance_url", "https://api.example.test/attacked-access-token-Zx81")]
    [InlineData("instance_url", "https://api.example.test/refresh-Zx81-with-more")]
    [InlineData("instance_url", "https://api\u200B.example.test")]
    [InlineData("instance_url", "https://api.ex%E2%80%AEample.test")]
    public async Task Field_that_is_shown_never_shows_a_token_or_an_address(string name, string value)
    {
        var fields = new Dictionary<string,
            string>
        { ["access_token"] = Token, ["refresh_token"] = "refresh-Zx81-with-more", [name] = value };

        var run = await AnswerAsync(JsonSerializer.Serialize(fields), world => world.Salesforce());

        AssertInvalid(run);
        foreach (var secret in new[] { "attacked-access", "refresh-Zx81", "www.evil" })
        {
            Assert.DoesNotContain(secret, Shown(run), StringComparison.Ordinal);
        }
    }

    /// <summary>The second of two fields of one name counts; the first is as much a token.</summary>
    [Fact]
    public async Task Token_under_a_name_that_comes_twice_is_masked()
    {
        var run = await AnswerAsync("""{"access_token":"first-of-two-tokens","access_token":"second-of-two-tokens"}""");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("::add-mask::first-of-two-tokens", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Field_that_holds_the_token_is_masked_whatever_its_name()
    {
        var run = await AnswerAsync($$"""{"access_token":"{{Token}}","state":"session={{Token}};more"}""");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"::add-mask::session={Token};more", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"\\ud800\":1")]
    [InlineData("\"\\udc00_token\":\"x\"")]
    [InlineData("\"a\":\"\\ud800\"")]
    public async Task Text_that_is_none_makes_the_response_invalid(string field) =>
        AssertInvalid(await AnswerAsync($$"""{"access_token":"{{Token}}",{{field}}}"""));

    [Theory]
    [InlineData("https://evil\u200B.example.test/token")]
    [InlineData("https://ev\u202Eil.example.test/token")]
    [InlineData("https://evil%E2%80%8B.example.test/token")]
    [InlineData("https://xn--evil-7v7b.example.test/\u202E")]
    public async Task Invisible_character_in_an_address_of_the_metadata_does_not_reach_the_log(string endpoint)
    {
        _world.Give([("provider", "oauth2"), ("issuer", _world.At("as")), ("client-id", Canary.ClientId),
            ("client-secret", Canary.ClientSecret.Value)]);
        _world.Sandbox.Faults.Enqueue("/as/.well-known/openid-configuration",
            Fault.Body(JsonSerializer.Serialize(new Dictionary<string,
            string>
            { ["issuer"] = _world.At("as"), ["token_endpoint"] = endpoint })));

        var run = await _world.RunAsync();

        AssertInvalid(run);
        Assert.DoesNotContain('\u200B', run.Output);
        Assert.DoesNotContain('\u202E', run.Output);
    }

    [Fact]
    public async Task Address_of_absurd_length_is_refused()
    {
        var run = await AnswerAsync($$"""{"access_token":"{{Token}}","instance_url":"https://api.example.test/{{new string('x', 60_000)}}"}""", world => world.Salesforce());

        AssertInvalid(run);
        Assert.InRange(run.File("GITHUB_STEP_SUMMARY").Length, 0, 4096);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(429)]
    public async Task Limit_that_is_counted_by_the_hour_is_not_tried_again(int status)
    {
        _world.Salesforce();
        _world.Sandbox.Faults.Enqueue("/salesforce/services/oauth2/token", Fault.Status(status, """{"error":"rate_limit_exceeded","error_description":"login rate exceeded"}"""));

        var run = await _world.RunAsync();

        Assert.Equal(5, run.ExitCode);
        Assert.Single(_world.Sandbox.Requests);
    }

    [Fact]
    public async Task Path_of_the_token_endpoint_shows_nowhere()
    {
        _world.Give([("provider", "oauth2"), ("token-url", $"{_world.At("as/token")}"), ("client-id", Canary.ClientId),
            ("client-secret", Canary.ClientSecret.Value)]);
        _world.Environment["RUNNER_DEBUG"] = "1";
        _world.Sandbox.Faults.Enqueue("/as/token", Fault.Status(500));

        var run = await _world.RunAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("as/token", Shown(run), StringComparison.Ordinal);
    }

    /// <summary>Whoever sees the log within the minute that an assertion lasts could use one that was not.</summary>
    [Fact]
    public async Task Assertion_is_masked_before_it_is_sent()
    {
        _world.Give([("provider", "oauth2"), ("issuer", _world.At("as")), ("client-id", Canary.ClientId),
            ("client-authentication", "private-key-jwt"), ("private-key", TestKey.Ec.PrivatePem)]);

        var run = await _world.RunAsync();

        var sent = System.Web.HttpUtility.ParseQueryString(_world.Sandbox.Requests.Single(request => request.Path == "/as/token").Body)[
            "client_assertion"]!;
        Assert.Contains(sent.Split('.')[1], run.StepLog().Masks);
        Assert.Contains(sent.Split('.')[2], run.StepLog().Masks);
    }

    [Fact]
    public async Task Token_whose_response_was_lost_is_named()
    {
        _world.Sandbox.Faults.Enqueue("/oauth/token", Fault.Truncated);

        var run = await _world.RunAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("the response was lost, and with it perhaps a token, which revoke cannot end", run.Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("24h", 86_400, null)]
    [InlineData("24h", 86_399, "lasts 23 h 59 min, less than minimum-validity (24 h)")]
    [InlineData("3659s", 3_601, "lasts 3601 s, less than minimum-validity (3659 s)")]
    public async Task Warning_never_says_that_a_time_is_less_than_itself(string wanted, int lasts, string? warning)
    {
        var run = await AnswerAsync($$"""{"access_token":"{{Token}}","expires_in":{{lasts}}}""", world => world.Inputs["minimum-validity"] = wanted);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(warning is not null, run.Output.Contains("Short-lived token", StringComparison.Ordinal));
        Assert.Contains(warning ?? "", run.Output, StringComparison.Ordinal);
    }

    private async Task<Run> AnswerAsync(string body, System.Action<World>? change = null)
    {
        change?.Invoke(_world);
        _world.Sandbox.Faults.Enqueue(new Uri(_world.Inputs["token-url"]!).AbsolutePath, Fault.Body(body));
        return await _world.RunAsync();
    }

    private static void AssertInvalid(Run run)
    {
        Assert.True(run.ExitCode == 6, run.Output);
        Assert.Empty(run.Outputs);
        Assert.DoesNotContain("A bug in this program", run.Output, StringComparison.Ordinal);
    }

    private static string Shown(Run run) =>
        string.Join('\n',
        [.. run.StepLog().Lines, run.File("GITHUB_STEP_SUMMARY"), run.Error,
        .. run.StepLog().Annotations.Select(annotation => annotation.ToString())]);
}

internal static class AttackWorlds
{
    /// <summary>A vendor whose response names the API's address.</summary>
    public static void Salesforce(this World world) => world.Give(
    [
        ("provider", "salesforce"), ("account", "example"), ("client-id", Canary.ClientId), ("client-secret", Canary.ClientSecret.Value),
        ("token-url", world.At("salesforce/services/oauth2/token")), ("revocation-url", world.At("salesforce/services/oauth2/revoke")),
    ]);
}
