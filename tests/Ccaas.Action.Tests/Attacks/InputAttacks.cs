using Ccaas.Testing;

namespace Ccaas.Action.Tests.Attacks;

/// <summary>Values that nobody should give: refused by the input's name, exit code 2, nothing sent, no report of a bug.</summary>
public sealed class InputAttacks
{
    private static readonly string[] Providers = ["genesys-cloud", "nice-cxone", "salesforce", "talkdesk", "zoom", "oauth2"];

    private static readonly (string Name, string Value)[] Hostile =
    [
        ("empty", ""),
        ("blank", " \t "),
        ("NUL", "a\0b"),
        ("new line", "a\nb"),
        ("1 MB", new string('x', 1_000_000)),
        ("bidi", "a\u202Eb"),
        ("zero width", "a\u200Bb"),
        ("tag", "a\U000E0041b"),
        ("command", "::stop-commands::x"),
        ("reference", "${{ secrets.X }}"),
    ];

    public static TheoryData<string, string> EveryInput
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var input in Input.All.Where(input => !input.IsOptionOnly && input.FileOf is null))
            {
                data.Add("oauth2", input.Name);
                // Without it, the vendor itself would be asked.
                if (input.Name != Input.TokenUrl)
                {
                    data.Add("genesys-cloud", input.Name);
                }
            }

            return data;
        }
    }

    /// <summary>A host that the region names gets the client's secret.</summary>
    [Theory]
    [InlineData("evil.invalid")]
    [InlineData("pure.cloud")]
    [InlineData("evil-pure.cloud")]
    [InlineData("mypurecloud.ie.evil.invalid")]
    [InlineData("evil.invalid.pure.cloud")]
    [InlineData("xpure.cloud")]
    public async Task Region_names_no_host_of_anybody_else(string region)
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["region"] = region;

        await AssertRefusedAsync(world, $"- region: '{region}' is no region of Genesys Cloud");
    }

    [Theory]
    [InlineData("talkdesk", "evil.invalid")]
    [InlineData("talkdesk", "example.sandbox")]
    [InlineData("talkdesk", "a/b")]
    [InlineData("talkdesk", "user@evil")]
    [InlineData("salesforce", "evil.invalid")]
    [InlineData("salesforce", "example.sandbox.develop")]
    [InlineData("salesforce", "example.")]
    [InlineData("salesforce", ".sandbox")]
    [InlineData("salesforce", "evil.invalid/.sandbox")]
    public async Task Account_is_a_name_and_no_host(string provider, string account)
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["provider"] = provider;
        world.Inputs["account"] = account;
        world.Inputs["api-url"] = null;

        await AssertRefusedAsync(world, $"- account: '{account}' is no such name");
    }

    [Theory]
    [InlineData("na 1")]
    [InlineData("na1.")]
    [InlineData("a..b")]
    [InlineData("*")]
    [InlineData("na1.evil.invalid")]
    [InlineData("NA-1-2")]
    [InlineData("n\u00E41")]
    [InlineData("250 letters")]
    public async Task Area_that_is_none_is_refused_with_whatever_else_is_wrong(string area)
    {
        await using var world = await World.GitHubAsync();
        world.Give(("provider", "nice-cxone"), ("flow", "access-key"), ("region", area == "250 letters" ? new string('a', 250) : area),
            ("access-key-id", "id"), ("timeout", "never"));

        await AssertRefusedAsync(world, "- region: '", "- access-key-secret: missing", "- timeout: 'never'");
    }

    [Theory]
    [InlineData("client-id")]
    [InlineData("scope")]
    [InlineData("audience")]
    [InlineData("resource")]
    [InlineData("parameters")]
    [InlineData("key-id")]
    [InlineData("assertion-audience")]
    public async Task Character_that_does_not_show_is_refused(string input)
    {
        foreach (var (character, code) in new[] { ("\u0001", "0001"), ("\u007F", "007F"), ("\u0085", "0085"), ("\u2028", "2028"),
            ("\u202E", "202E"), ("\u200B", "200B"), ("\uFEFF", "FEFF"), ("\U000E0041", "E0041") })
        {
            await using var world = await World.GitHubAsync();
            world.Give(
                ("provider", "oauth2"), ("token-url", world.At("oauth/token")), ("client-id", Canary.ClientId),
                ("client-authentication", "private-key-jwt"), ("private-key", TestKey.Ec.PrivatePem));
            world.Inputs[input] = $"name=a{character}b";

            await AssertRefusedAsync(world, $"- {input}: holds a character that does not show (U+{code}, at place 7)");
        }
    }

    [Theory]
    [InlineData("genesys-cloud", "region", "client-id", "client-secret", "allowed-organizations")]
    [InlineData("nice-cxone", "region", "flow", "client-id", "client-secret", "access-key-id", "access-key-secret", "issuer")]
    [InlineData("salesforce", "account", "client-id", "client-secret", "client-authentication")]
    [InlineData("talkdesk", "account", "region", "client-id", "scope", "private-key", "signing-algorithm", "key-id")]
    [InlineData("zoom", "account", "client-id", "client-secret")]
    [InlineData("oauth2", "client-id", "scope", "audience", "resource", "parameters", "issuer", "private-key", "key-id",
        "signing-algorithm", "assertion-audience")]
    public async Task Everything_wrong_is_said_at_once(string provider, params string[] own)
    {
        string[] common =
        [
            "token-url", "revocation-url", "api-url", "environment-variable", "tool-environment", "verify", "minimum-validity", "cache",
                "cache-required", "seal", "seal-key",
            "install", "revoke", "timeout", "max-attempts", "ca-certificate", "client-certificate", "client-key",
        ];
        await using var world = await World.GitHubAsync();
        world.Inputs.Clear();
        foreach (var input in own.Concat(common))
        {
            // Too short as a key, no address, no number, no file; and it does not show.
            world.Inputs[input] = Input.Get(input).IsSecret ? "a\u0001b" : "\u200Bwrong";
        }

        world.Inputs["provider"] = provider;
        if (own.Contains("private-key"))
        {
            world.Inputs["client-authentication"] = "private-key-jwt";
        }

        await AssertRefusedAsync(world, [.. own.Concat(common).Select(input => $"- {input}: ")]);
    }

    [Theory]
    [MemberData(nameof(EveryInput))]
    public async Task Any_input_may_hold_anything(string provider, string input)
    {
        await using var world = await World.GitHubAsync();
        world.Inputs["provider"] = provider;
        world.Inputs["api-url"] = null;
        foreach (var (name, value) in Hostile)
        {
            // What masks cost is proven elsewhere.
            world.Inputs[input] = name == "1 MB" && Input.Get(input).IsSecret ? value[..10_000] : value;

            var (exitCode, output) = await RunAsync(world);

            var shown = string.Join('\n', output.Split('\n').Where(line => !line.StartsWith("::add-mask::", StringComparison.Ordinal)));
            Assert.True(
                exitCode is ExitCode.Done or ExitCode.Inputs or ExitCode.CredentialsRefused or ExitCode.ServerFailed or ExitCode.Reuse,
                $"{name}: {exitCode}\n{shown}");
            Assert.InRange(shown.Length, 1, 20_000);
            Assert.DoesNotContain("A bug in this program", shown, StringComparison.Ordinal);
            Assert.Empty(Canary.ClientSecret.FindIn(shown));
        }
    }

    private static async Task AssertRefusedAsync(World world, params string[] expected)
    {
        var (exitCode, output) = await RunAsync(world);

        Assert.Equal(ExitCode.Inputs, exitCode);
        Assert.All(expected, line => Assert.Contains(line, output, StringComparison.Ordinal));
        Assert.Empty(world.Sandbox.Requests);
        Assert.Contains(world.Inputs["provider"], Providers);
    }

    private static async Task<(ExitCode ExitCode, string Output)> RunAsync(World world)
    {
        using var output = new StringWriter();
        var exitCode = await new Application(
            new ProcessEnvironment(world.Variables(), TextReader.Null, output, TextWriter.Null), TimeProvider.System)
            .RunAsync([], CancellationToken.None);
        return (exitCode, output.ToString());
    }
}
