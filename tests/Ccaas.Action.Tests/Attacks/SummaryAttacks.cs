namespace Ccaas.Action.Tests.Attacks;

/// <summary>
/// Words of a vendor in the step summary, which GitHub shows as Markdown with links of its own accord: none of them may become
/// one.
/// </summary>
public sealed class SummaryAttacks
{
    private static readonly string[] Schemes =
        ["http", "https", "ftp", "HTTP", "hTTps", "mailto", "xmpp", "javascript", "ssh", "git+https"];

    private static readonly string[] Hosts =
        ["evil.example", "evil.example/path?q=1#f", "127.0.0.1:8080", "[::1]/x", "user:password@evil.example", "b\u00FCcher.example",
        "e_v_i_l.example/(a)", "evil.example\\_x"];

    private static readonly string[] Others =
    [
        "www.evil.example", "WWW.evil.example", "wWw.evil.example/path", "(www.evil.example)", "*www.evil.example*", "_www.evil.example_",
            "~www.evil.example~", "www.evil", "www..", "wwww.evil.example",
        "someone@evil.example", "some.one+tag@evil.example", "some_one@evil-host.example", "a@b.c", "mailto:someone@evil.example",
            "xmpp:someone@evil.example/room", "@octocat", "@org/team",
        "<https://evil.example>", "<someone@evil.example>", "<a href=\"https://evil.example\">x</a>", "[x](https://evil.example)",
            "[x](//evil.example)", "[x]: https://evil.example", "![x](https://evil.example/x.png)", "[https://evil.example][x]",
        "https&#58;//evil.example", "https:&#47;/evil.example", "https:\\//evil.example", "https:\\/\\/evil.example",
            "w&#119;w.evil.example", "www&#46;evil.example", "someone&#64;evil.example", "https&colon;//evil.example",
        "https://https://evil.example", "https:///evil.example", "https://www.evil.example", "http://someone@evil.example",
            "`https://evil.example`", "``https://evil.example", "\\https://evil.example", "https:\u200B//evil.example",
        "#1", "org/repo#1",
    ];

    public static TheoryData<string> Texts => [.. Schemes.SelectMany(scheme => Hosts, (scheme, host) => $"{scheme}://{host}"), .. Others];

    [Fact]
    public void Table_is_long_enough() => Assert.InRange(Texts.Count, 87, int.MaxValue);

    /// <summary>In each place of a failure, at its start and after other words, as a vendor's text reaches it.</summary>
    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_of_a_failure_is_no_link(string text)
    {
        foreach (var said in new[] { text, $"said: {text}.", $"({text})" })
        {
            var clean = new UntrustedText(new Redactor()).Clean(said);
            var failure = new FailureException(ExitCode.ServerFailed, clean, clean, clean, clean, "topic") { Details = [clean] };

            Assert.Equal([failure.Link], SummaryLinks.In(new StepSummary(new Redactor()).Of(failure)));
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_of_a_publication_is_no_link(string text)
    {
        var clean = new UntrustedText(new Redactor()).Clean(text);
        var publication = Some.Publication(organization: new Organization(clean, clean));
        publication = publication with
        {
            Api = new VendorApi(
            publication.Api.Base, clean),
            Request = publication.Request with { Plan = publication.Plan with { ProviderTitle = clean } }
        };

        Assert.Empty(SummaryLinks.In(new StepSummary(new Redactor()).Of(publication)));
    }

    /// <summary>The check itself sees what GitHub would make a link of.</summary>
    [Theory]
    [InlineData("see https://evil.example/x.", "https://evil.example/x.")]
    [InlineData("see HTTP://evil.example", "HTTP://evil.example")]
    [InlineData("see www.evil.example", "www.evil.example")]
    [InlineData("see www&#46;evil.example", "www.evil.example")]
    [InlineData("see https:&#47;/evil.example", "https://evil.example")]
    [InlineData("see someone&#64;evil.example", "someone@evil.example")]
    [InlineData("see \\@octocat", "@octocat")]
    [InlineData("[x](//evil.example)", "//evil.example")]
    [InlineData("<https://evil.example>", "https://evil.example")]
    public void Link_is_seen(string markdown, string link) => Assert.Contains(link, SummaryLinks.In(markdown));
}
