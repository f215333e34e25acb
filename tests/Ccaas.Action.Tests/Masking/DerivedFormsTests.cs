using Ccaas.Sandbox.GitHubRunner;
using Ccaas.Testing;
using FsCheck;
using FsCheck.Fluent;
using Masker = Ccaas.Action.Masking.Masker;
using RunnersMasker = Ccaas.Sandbox.GitHubRunner.Masker;

namespace Ccaas.Action.Tests.Masking;

/// <summary>Masks hide secrets, and nothing but secrets.</summary>
public sealed class DerivedFormsTests
{
    /// <summary>Typical lines of later steps: none of their words may ever become stars.</summary>
    private static readonly string[] Log =
    [
        "Run actions/checkout@v4", "Syncing repository: example/contact-center", "Setting up auth", "password", "Password:", "secret",
            "client_secret",
        "access_token", "Authorization: Bearer", "Authorization: Basic", "grant_type=client_credentials",
            "application/x-www-form-urlencoded",
        "region us-east-1 mypurecloud.com", "region eu-west-1 mypurecloud.ie", "region eu-central-1 mypurecloud.de",
            "region ap-southeast-2 mypurecloud.com.au",
        "https://login.mypurecloud.ie/oauth/token", "https://api.usw2.pure.cloud/api/v2/organizations/me", "https://apps.euw2.pure.cloud",
        "organization 0a1b2c3d-1111-4222-8333-444455556666", "client c1d2e3f4-0000-4000-8000-a1b2c3d4e5f6",
            "client 00000000-0000-0000-0000-000000000000",
        "terraform apply -auto-approve", "Apply complete! Resources: 3 added, 0 changed, 0 destroyed.",
            "genesyscloud_routing_queue.support: Creation complete after 2s",
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "commit 852e7f6b7c3ea09c99e54",
            "2026-01-31T12:00:00Z INFO started",
        "npm warn deprecated", "Error: Process completed with exit code 1.", "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9", "true", "false",
            "null", "12345678", "00000000",
        "{\"id\":\"0a1b2c3d-1111-4222-8333-444455556666\",\"name\":\"Example Contact Centre\"}", "0 s", "100 %", "===================",
            "-----BEGIN CERTIFICATE-----",
    ];

    [Fact]
    public void Ordinary_lines_stay_as_they_are_whatever_the_secret() => Property.Holds(HostileText.Secret(8, 100), secret =>
    {
        var redactor = new Redactor();
        redactor.Add(DerivedForms.Of(secret));

        Assert.All(Log, line => Assert.Equal(line, redactor.Redact(line)));
    });

    /// <summary>The runner adds forms of its own to each of ours.</summary>
    [Fact]
    public void Ordinary_lines_stay_as_they_are_in_the_runners_log() => Property.Holds(HostileText.Secret(8, 40), secret =>
    {
        var masker = new RunnersMasker();
        Assert.All(DerivedForms.Of(secret), form => masker.AddMask(form));

        Assert.All(Log, line => Assert.Equal(line, masker.Mask(line)));
    }, 50);

    [Fact]
    public void Ordinary_lines_stay_as_they_are_beside_a_jwt()
    {
        var masker = new RunnersMasker();
        foreach (var form in DerivedForms.Of(Canary.Token.Value).Concat(DerivedForms.Of(Canary.ClientSecret.Value)))
        {
            masker.AddMask(form);
        }

        Assert.All(Log, line => Assert.Equal(line, masker.Mask(line)));
        Assert.Equal("eyJhbGciOiJub25lIn0", masker.Mask("eyJhbGciOiJub25lIn0"));
        Assert.Equal("***", masker.Mask(Canary.Token.Value.Split('.')[1]));
        Assert.Equal("***", masker.Mask(Canary.Token.Value.Split('.')[2]));
    }

    [Fact]
    public void Form_is_never_shorter_than_the_floor_and_never_twice() =>
        Property.Holds(Gen.OneOf(HostileText.Secret(1, 40), Jwts), secret =>
    {
        var forms = DerivedForms.Of(secret);

        Assert.Equal(secret.Length >= DerivedForms.ShortestMask, forms.Count > 0);
        Assert.All(forms, form => Assert.True(form.Length >= DerivedForms.ShortestMask, form));
        Assert.Equal(forms.Distinct(), forms);
        Assert.Equal(forms.Count > 0 ? secret : "", forms.Count > 0 ? forms[0] : "");
    });

    [Theory]
    [InlineData("1234567", 0)]
    [InlineData("   1234567   ", 0)]
    [InlineData("", 0)]
    public void Value_below_the_floor_is_not_masked_at_all(string value, int forms) => Assert.Equal(forms, DerivedForms.Of(value).Count);

    /// <summary>The runner registers each line of a mask by itself.</summary>
    [Fact]
    public void Runner_learns_no_mask_below_the_floor_from_a_secret_of_several_lines() => Property.Holds(
        Gen.OneOf(
            Gen.ListOf(HostileText.Secret(1, 20), 4).Select(lines => string.Join('\n', lines)),
            from start in Jwts from end in Jwts select $"{start}\r\n{end[(end.LastIndexOf('.') + 1)..]}"),
        secret =>
            Assert.All(Announced(masker => masker.Mask(new Secret(secret))), mask =>
            Assert.True(mask.Length >= DerivedForms.ShortestMask, $"mask '{mask}'")));

    [Fact]
    public void Runner_learns_every_line_of_a_secret_that_is_long_enough() =>
        Assert.Superset(new HashSet<string>(["first-line-of-it", "second-line"]),
            Announced(masker => masker.Mask(new Secret("first-line-of-it\nno\r\n second-line "))).ToHashSet());

    [Fact]
    public void Runner_learns_the_lines_of_a_key_and_not_those_around_it()
    {
        var masks = Announced(masker => masker.Mask(new Secret(TestKey.Rsa.PrivatePem)));

        Assert.All(TestKey.Rsa.PrivatePem.Split('\n').Where(line => !line.StartsWith('-') && line.Length >= 8), line =>
            Assert.Contains(line, masks));
        Assert.DoesNotContain("-----BEGIN PRIVATE KEY-----", masks);
        Assert.DoesNotContain("-----END PRIVATE KEY-----", masks);
    }

    [Fact]
    public void Runner_learns_no_mask_below_the_floor_from_a_pair() => Property.Holds(
        from id in HostileText.Secret(1, 10) from secret in HostileText.Secret(1, 10) select (id, secret),
        sample => Assert.All(
            Announced(masker => masker.MaskAsIs(ClientAuthentication.Pairs(Some.Client(sample.id, sample.secret)))),
            mask => Assert.True(mask.Length >= DerivedForms.ShortestMask, $"mask '{mask}'")));

    [Fact]
    public void Runner_learns_the_value_itself_whatever_is_in_it() =>
        Property.Holds(HostileText.Token.Where(token => token.Length >= 8), token =>
        Assert.Equal(token, Announced(masker => masker.Mask(new Secret(token)))[0]), 100);

    /// <summary>Nothing but the shortest form, and that at either edge.</summary>
    [Theory]
    [InlineData("shortest", "***")]
    [InlineData("shortest is it", "*** is it")]
    [InlineData("it is shortest", "it is ***")]
    [InlineData("shortes", "shortes")]
    public void Shortest_form_is_gone_at_the_edges_of_a_text(string text, string redacted)
    {
        var redactor = new Redactor();
        redactor.Add(["shortest"]);

        Assert.Equal(redacted, redactor.Redact(text));
    }

    [Fact]
    public void Masker_tells_what_it_hides()
    {
        var masker = new Masker(new Redactor(), new NoMasks());

        Assert.True(masker.Mask(new Secret("some-secret")));
        Assert.False(masker.Mask(new Secret("short")));
        Assert.True(masker.Hides("here is some-secret"));
        Assert.False(masker.Hides("here is nothing short"));
    }

    // With parts of any length, as no vendor makes them.
    private static Gen<string> Jwts { get; } =
        from header in HostileText.Secret(1, 12)
        from payload in HostileText.Secret(1, 12)
        from signature in HostileText.Secret(1,
            12)
        select $"ey{header}.{payload}.{signature}";

    // Through the very lines that the step prints and the runner reads.
    private static IReadOnlyList<string> Announced(System.Action<Masker> mask)
    {
        using var output = new StringWriter();
        var redactor = new Redactor();
        mask(new Masker(redactor,
            new GitHubActionsSystem(new ProcessEnvironment(new Dictionary<string, string>(), TextReader.Null, output, TextWriter.Null),
            redactor, TimeProvider.System)));
        return new StepLog().Append(output.ToString()).Masks;
    }
}
