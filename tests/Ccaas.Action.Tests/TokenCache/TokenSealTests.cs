namespace Ccaas.Action.Tests.TokenCache;

/// <summary>Which token opens for whom, and when.</summary>
public sealed class TokenSealTests
{
    private static readonly Secret SealKey = new("tB7/xQ2mZ9vK4wN1rF6hJ3pS5aE8cL0yDgUiOqWnXkM=");

    private static readonly JobRun Run = new("https://github.com/example/repository", "42");

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Everything_that_is_known_of_a_token_comes_back()
    {
        var plan = Some.Plan with { Organization = new OrganizationProbe { IdClaim = "tenantId" } };
        var seal = TokenSeal.ForJob(Some.Request() with { Plan = plan }, _time);
        var cached = SomeCachedToken.Token(_time);
        cached = cached with { Issued = cached.Issued with { IdToken = new Secret("some.id.token"), Scope = "one two" } };
        _time.Advance(TimeSpan.FromSeconds(100.5));

        var opened = seal.Open(seal.Seal(cached)!).Token!;

        Assert.Equal(("some-token", "some.id.token", "one two"), (opened.Value(), opened.Issued.IdToken?.Reveal(), opened.Issued.Scope));
        Assert.Equal((cached.Api, TokenSource.Cache, 0), (opened.Api, opened.Source, opened.Issued.Attempts));
        Assert.Equal((cached.Issued.Token.Lifetime!.ExpiresAt, TimeSpan.FromSeconds(3600)),
            (opened.Issued.Token.Lifetime!.ExpiresAt, opened.Issued.Token.Lifetime.Total));
        // To the second, and never more than there is.
        Assert.InRange(opened.Issued.Token.Lifetime.Remaining(_time).TotalSeconds, 3498.5, 3499.5);
    }

    [Fact]
    public async Task Id_token_is_sealed_only_where_nothing_else_names_the_organization()
    {
        var seal = TokenSeal.ForJob(Some.Request(), _time);
        var cached = SomeCachedToken.Token(_time);
        cached = cached with { Issued = cached.Issued with { IdToken = new Secret("some.id.token") } };

        Assert.Null(seal.Open(seal.Seal(cached)!).Token!.Issued.IdToken);
    }

    [Fact]
    public async Task Token_of_unknown_lifetime_is_not_sealed()
    {
        var cached = SomeCachedToken.Token(_time);

        Assert.Null(TokenSeal.ForJob(Some.Request(), _time)
            .Seal(cached with { Issued = cached.Issued with { Token = cached.Issued.Token with { Lifetime = null } } }));
    }

    /// <summary>Seconds that are left of an hour, and whether the token is handed out with a minimum validity of 30 seconds.</summary>
    [Theory]
    [InlineData("job", 36, true)]
    [InlineData("job", 34, false)]
    [InlineData("hand-over", 61, true)]
    [InlineData("hand-over", 59, false)]
    [InlineData("store", 61, true)]
    [InlineData("store", 59, false)]
    public async Task Token_is_reused_while_it_lasts_longer_than_clock_skew_and_minimum_validity(string use, int left, bool isHandedOut)
    {
        var seal = Seal(use);
        var text = seal.Seal(SomeCachedToken.Token(_time));
        _time.Advance(TimeSpan.FromSeconds(3600 - left));

        Assert.Equal(isHandedOut, (seal.Open(text!)).Token is not null);
    }

    [Fact]
    public async Task Token_that_has_expired_is_told_so()
    {
        var seal = Seal("job");
        var text = seal.Seal(SomeCachedToken.Token(_time));
        _time.Advance(TimeSpan.FromDays(400));

        Assert.Equal("has expired, or is about to", (seal.Open(text!)).Why);
    }

    /// <summary>Somebody set the clock back by more than the margin: nobody knows any more how old the token is.</summary>
    [Theory]
    [InlineData(4, true)]
    [InlineData(6, false)]
    public async Task Token_from_the_future_is_not_reused(int seconds, bool isHandedOut)
    {
        var seal = Seal("job");
        var text = seal.Seal(SomeCachedToken.Token(_time));
        _time.SetWallClock(_time.GetUtcNow() - TimeSpan.FromSeconds(seconds));

        Assert.Equal(isHandedOut, (seal.Open(text!)).Token is not null);
    }

    /// <summary>Once opened, what is left is measured on the monotonic clock.</summary>
    [Fact]
    public async Task Wall_clock_that_is_set_after_opening_changes_nothing()
    {
        var seal = Seal("job");
        var lifetime = seal.Open(seal.Seal(SomeCachedToken.Token(_time))!).Token!.Issued.Token.Lifetime!;
        _time.Advance(TimeSpan.FromSeconds(600));
        _time.SetWallClock(_time.GetUtcNow() - TimeSpan.FromHours(1));

        Assert.Equal(3000, lifetime.Remaining(_time).TotalSeconds, tolerance: 1);
    }

    /// <summary>Every pair of different uses, secrets and requests.</summary>
    [Fact]
    public async Task Token_opens_for_the_same_use_secret_and_request_alone()
    {
        var request = Some.Request();
        TokenSeal[] seals =
        [
            TokenSeal.ForJob(request, _time),
            TokenSeal.ForStore(request, _time),
            TokenSeal.ForTransfer(request, Run, _time),
            TokenSeal.ForTransfer(With(request, SealKey), Run, _time),
            TokenSeal.ForTransfer(With(request, new Secret("kD3/pW8sQ1nM6vB9xT4zR7cH2yL5fJ0gAeUiOoPqKlI=")), Run, _time),
            .. Others(request.Plan).Select(plan => TokenSeal.ForJob(request with { Plan = plan }, _time)),
        ];
        for (var one = 0; one < seals.Length; one++)
        {
            var text = seals[one].Seal(SomeCachedToken.Token(_time));
            for (var other = 0; other < seals.Length; other++)
            {
                var opening = seals[other].Open(text!);
                Assert.True(opening.Token is not null == (one == other), $"sealed by {one}, opened by {other}");
            }
        }
    }

    /// <summary>With one key for all: whatever a job knows to be different keeps the token from it, by name.</summary>
    [Fact]
    public async Task Token_for_another_job_opens_for_the_same_request_alone()
    {
        var request = With(Some.Request(), SealKey);
        var text = TokenSeal.ForTransfer(request, Run, _time).Seal(SomeCachedToken.Token(_time))!;
        (TokenRequest Request, JobRun? Run, string Why)[] others =
        [
            (request, Run, ""),
            // On a terminal: what is not known cannot be compared.
            (request, null, ""),
            (request, Run with { Id = "43" }, "run"),
            (request, Run with { Project = "https://github.com/example/another" }, "repository or project"),
            .. Others(request.Plan).Select(plan => (request with { Plan = plan }, Run, Different(request.Plan, plan))),
        ];

        Assert.All(others, other => Assert.Equal(
            other.Why.Length > 0 ? $"was sealed for another {other.Why}" : "",
            TokenSeal.ForTransfer(other.Request, other.Run, _time).Open(text).Why));
    }

    /// <summary>A job without credentials has the key, and says for what the token is to be.</summary>
    [Fact]
    public async Task Job_without_credentials_opens_what_is_for_it()
    {
        var request = With(Some.Request(), SealKey);
        var text = TokenSeal.ForTransfer(request, Run, _time).Seal(SomeCachedToken.Token(_time))!;
        var without = request with { Plan = request.Plan with { Client = Some.Client("", "") }, HasCredentials = false };

        Assert.Equal("some-token", TokenSeal.ForTransfer(without, Run, _time).Open(text).Token!.Value());
        Assert.Equal("was sealed for another region",
            TokenSeal.ForTransfer(without with { Plan = without.Plan with { Region = "us-east-1" } }, Run, _time).Open(text).Why);
        Assert.Equal("was sealed with another secret",
            TokenSeal.ForTransfer(With(without, new Secret("kD3/pW8sQ1nM6vB9xT4zR7cH2yL5fJ0gAeUiOoPqKlI=")), Run, _time).Open(text).Why);
    }

    /// <summary>One that was sealed where nobody could tell the run is nobody's in a run.</summary>
    [Fact]
    public async Task Token_of_a_terminal_does_not_open_in_a_run()
    {
        var request = With(Some.Request(), SealKey);

        Assert.Equal(
            "was sealed for another repository or project",
            TokenSeal.ForTransfer(request, Run, _time)
                .Open(TokenSeal.ForTransfer(request, null, _time).Seal(SomeCachedToken.Token(_time))!).Why);
    }

    /// <summary>What the claims say, and not the key, which a claimed account or client does not go into.</summary>
    [Fact]
    public async Task Claims_name_everything_that_tells_tokens_apart()
    {
        var request = With(Some.Request(), SealKey);
        var seal = TokenSeal.ForTransfer(request, Run, _time);

        using var claims = System.Text.Json.JsonDocument.Parse(SealedText.Open(seal.Key, seal.Seal(SomeCachedToken.Token(_time))!)!);

        Assert.Equal(
            [
                "access_token", "account", "api_url", "aud", "audience", "client_id", "exp", "grant", "iat", "issuer", "project",
                    "provider", "region",
                "requested_api_url", "requested_region", "requested_scope", "resource", "revoked", "run", "token_endpoint",
            ],
            claims.RootElement.EnumerateObject().Select(claim => claim.Name).Order(StringComparer.Ordinal));
    }

    /// <summary>Jobs of one run may use different versions of this program, so the key and the use stay what they are.</summary>
    [Fact]
    public void Key_and_audience_are_part_of_the_format()
    {
        var seal = TokenSeal.ForTransfer(With(Some.Request(), SealKey), Run, _time);

        Assert.Equal("ccaas-token:sealed", seal.Audience);
        Assert.Equal(SealingKey.Derive([SealKey], "sealed token").Id, seal.Key.Id);
    }

    [Fact]
    public void Token_for_other_parameters_does_not_open()
    {
        TokenSeal Seal(string value) => TokenSeal.ForTransfer(
            With(Some.Request(), SealKey) with
            {
                Plan =
                Some.Plan with { Grant = Some.Plan.Grant.With(GrantField.Of("anything", value)) }
            }, Run, _time);

        Assert.Equal("was sealed for another user, grant type or parameters", Seal("two")
            .Open(Seal("one").Seal(SomeCachedToken.Token(_time))!).Why);
    }

    [Fact]
    public void Text_that_does_not_open_is_told_why()
    {
        var job = Seal("job");
        var text = job.Seal(SomeCachedToken.Token(_time))!;
        var start = text.LastIndexOf('.') + 1;

        Assert.Equal("is no sealed token of this version", job.Open("nonsense").Why);
        Assert.Equal("was sealed with another secret, or for other inputs",
            job.Open(Seal("store").Seal(SomeCachedToken.Token(_time))!).Why);
        Assert.Equal("was damaged or changed", job.Open($"{text[..start]}{(text[start] == 'A' ? 'B' : 'A')}{text[(start + 1)..]}").Why);
    }

    /// <summary>Dates end with the year 9999, and begin after 1970.</summary>
    [Theory]
    [InlineData("exp", 253_402_300_799, "")]
    [InlineData("exp", 253_402_300_800, "was sealed for another use")]
    [InlineData("exp", long.MaxValue, "was sealed for another use")]
    [InlineData("iat", 0, "was sealed for another use")]
    [InlineData("iat", -1, "was sealed for another use")]
    public void Dates_that_do_not_exist_are_refused(string claim, long seconds, string why) =>
        Assert.Equal(why, Changed(claims => claims[claim] = seconds).Why);

    [Fact]
    public void Token_without_a_region_opens()
    {
        var opened = Changed(claims => claims.Remove("region"), Some.Plan with { Region = "" });

        Assert.Equal(("", ""), (opened.Why, opened.Token?.Api.Region));
    }

    private UnsealResult Changed(Action<System.Text.Json.Nodes.JsonObject> change, TokenPlan? plan = null)
    {
        var seal = TokenSeal.ForJob(Some.Request() with { Plan = plan ?? Some.Plan }, _time);
        var claims = System.Text.Json.Nodes.JsonNode.Parse(
            SealedText.Open(seal.Key, seal.Seal(SomeCachedToken.Token(_time))!)!)!.AsObject();
        change(claims);
        return seal.Open(SealedText.Seal(seal.Key, System.Text.Encoding.UTF8.GetBytes(claims.ToJsonString())));
    }

    /// <summary>Steps of one job may differ in what happens to their token at its end.</summary>
    [Theory]
    [InlineData(false, false, "")]
    [InlineData(false, true, "is not this job's alone, and cannot be revoked when the job ends")]
    [InlineData(true, false, "")]
    [InlineData(true, true, "")]
    public async Task Token_is_revoked_by_none_but_steps_that_share_that(bool first, bool second, string why)
    {
        var text = TokenSeal.ForJob(Some.Request() with { Revoke = first }, _time).Seal(SomeCachedToken.Token(_time))!;

        Assert.Equal(why, TokenSeal.ForJob(Some.Request() with { Revoke = second }, _time).Open(text).Why);
    }

    [Fact]
    public async Task Token_that_is_to_be_revoked_is_not_shared()
    {
        var text = TokenSeal.ForJob(Some.Request() with { Revoke = true }, _time).Seal(SomeCachedToken.Token(_time))!;

        Assert.Equal("is revoked when the job ends",
            TokenSeal.ForJob(Some.Request() with { Reuse = new ReusePolicy { Seal = true } }, _time).Open(text).Why);
        Assert.Equal("is revoked when the job ends",
            TokenSeal.ForJob(Some.Request() with { Reuse = new ReusePolicy { Store = new StoreAddress("a", "b", "c") } }, _time)
            .Open(text).Why);
    }

    /// <summary>Where dates end. Clocks of machines that nobody looks after have stood there.</summary>
    [Fact]
    public async Task Clock_at_the_end_of_time_breaks_nothing()
    {
        var today = _time.GetUtcNow();
        var seal = Seal("job");
        var old = seal.Seal(SomeCachedToken.Token(_time))!;
        _time.SetWallClock(new DateTimeOffset(9999, 12, 31, 23, 59, 50, TimeSpan.Zero));

        Assert.Equal("has expired, or is about to", seal.Open(old).Why);
        var text = seal.Seal(SomeCachedToken.Token(_time))!;
        Assert.Null(seal.Open(text).Token);
        _time.SetWallClock(today);
        Assert.Equal("was issued in the future by this machine's clock", seal.Open(text).Why);
    }

    private static string Different(TokenPlan one, TokenPlan other) =>
        (one.Target.Zip(other.Target).FirstOrDefault(pair => pair.First != pair.Second).First, one, other) switch
        {
            ({ } trait, _, _) => trait.Shown,
            _ when one.Client!.Id != other.Client!.Id => "client id",
            // How the client authenticates, by what, and a secret that goes with the request, say nothing of what comes back.
            _ when one.Grant == other.Grant => "",
            _ => "user, grant type or parameters",
        };

    /// <summary>What only somebody who has the key could write, and did not write here.</summary>
    [Theory]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("""{"aud":"AUD","provider":"genesys-cloud","iat":1767322000,"exp":1767325000,"revoked":false}""")]
    [InlineData("""{"aud":"AUD","provider":"genesys-cloud","iat":1767325000,"exp":1767322000,"revoked":false,"access_token":"t"}""")]
    [InlineData("""{"aud":"AUD","provider":"genesys-cloud","iat":"1767322000","exp":1767325000,"revoked":false,"access_token":"t"}""")]
    [InlineData("""{"aud":"AUD","provider":"genesys-cloud","iat":1767322000,"exp":1e30,"revoked":false,"access_token":"t"}""")]
    [InlineData("""{"aud":"AUD","provider":"genesys-cloud","iat":1767322000,"exp":1767325000,"revoked":false,"access_token":"t","api_url":"http://elsewhere.example"}""")]
    [InlineData("""{"aud":"another","provider":"genesys-cloud","iat":1767322000,"exp":1767325000,"revoked":false,"access_token":"t"}""")]
    [InlineData("""{"aud":["AUD"],"provider":"genesys-cloud","iat":1767322000,"exp":1767325000,"revoked":false,"access_token":"t"}""")]
    public async Task Claims_that_are_not_ours_are_refused(string claims)
    {
        var seal = Seal("job");
        var text = SealedText.Seal(
            seal.Key, System.Text.Encoding.UTF8.GetBytes(claims.Replace("AUD", seal.Audience, StringComparison.Ordinal)));

        Assert.Equal("was sealed for another use", (seal.Open(text)).Why);
    }

    private TokenSeal Seal(string use) => use switch
    {
        "job" => TokenSeal.ForJob(Some.Request(), _time),
        "store" => TokenSeal.ForStore(Some.Request(), _time),
        _ => TokenSeal.ForTransfer(Some.Request(), Run, _time),
    };

    private static TokenRequest With(TokenRequest request, Secret key) => request with { Reuse = new ReusePolicy { SealKey = key } };

    // Each differs from the plan, and from the others, in one thing.
    private static IEnumerable<TokenPlan> Others(TokenPlan plan) =>
    [
        plan with { Provider = "another" },
        plan with { Region = "another" },
        plan with { Account = "another" },
        plan with { Flow = "another" },
        plan with { Server = new AuthorizationServer { TokenEndpoint = new Uri("https://another.example.test/oauth/token") } },
        plan with { Server = plan.Server with { Issuer = "https://issuer.example.test" } },
        plan with { Api = new ApiAddress { Base = new Uri("https://another.example.test") } },
        plan with { Client = Some.Client("some-client", Some.OtherSecret) },
        plan with { Client = Some.Client("another-client", Some.Secret) },
        plan with { Client = plan.Client! with { Authentication = ClientAuthenticationMethod.Post } },
        plan with { Grant = plan.Grant.With(GrantField.Of("scope", "one")) },
        plan with { Grant = plan.Grant.With(GrantField.Of("scope", "two")) },
        plan with { Grant = plan.Grant.With(GrantField.Of("audience", "one")) },
        plan with { Grant = plan.Grant.With(GrantField.Of("resource", "one")) },
        plan with { Grant = plan.Grant.With(GrantField.Of("anything", "one")) },
        plan with { Grant = plan.Grant.With(GrantField.Of("anything", new Secret("one"))) },
        plan with { Grant = plan.Grant.With(GrantField.Of("anything", new Secret("two"))) },
    ];

    /// <summary>The bounds themselves still count as valid.</summary>
    [Theory]
    [InlineData(0, 65, null)]
    [InlineData(0, 64.5, "lasts 59.5 s more, less than minimum-validity (60 s)")]
    [InlineData(0, 5, "has expired, or is about to")]
    [InlineData(5, 100, null)]
    [InlineData(5.1, 100, "was issued in the future by this machine's clock")]
    public void Lifetime_is_compared_with_clock_skew_and_minimum_validity(double ahead, double seconds, string? why)
    {
        var time = new ManualTimeProvider();
        var lifetime = new Lifetime(TimeSpan.FromSeconds(seconds), time.GetUtcNow() + TimeSpan.FromSeconds(ahead), time.GetTimestamp());

        Assert.Equal(why, ClockSkew.Check(lifetime, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), time));
    }
}
