using Ccaas.Sandbox;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Providers;

/// <summary>Any OAuth 2.0 server, found by its issuer.</summary>
public sealed class OAuth2Tests : ProviderContract
{
    private const string Discovery = "/as/.well-known/openid-configuration";

    protected override string Provider => "oauth2";

    protected override string TokenPath => "/as/token";

    protected override string? OrganizationId => null;

    // What other providers know is read from inputs here.
    protected override int MostLines => 150;

    protected override IEnumerable<(string Name, string Value)> Inputs(World world) =>
    [
        ("issuer", world.At("as")),
        ("client-id", Canary.ClientId),
        ("client-secret", Canary.ClientSecret.Value),
    ];

    [Theory]
    [InlineData("basic")]
    [InlineData("post")]
    public async Task Secret_is_sent_as_asked_for(string method)
    {
        await using var world = await StartAsync();
        world.Inputs["client-authentication"] = method;

        Scenario.Verify(await world.RunAsync(), exitCode: 0, method);
    }

    /// <summary>
    /// A server may answer 200 to a client that may not revoke (RFC 7009 §2.2), and "not active" to one that may not introspect
    /// (RFC 7662 §2.2).
    /// </summary>
    [Theory]
    [InlineData("not-revoked")]
    [InlineData("may-not-introspect")]
    [InlineData("introspection-refused")]
    [InlineData("introspection-hangs")]
    [InlineData("introspection-hangs-afterwards")]
    public async Task Success_of_a_revocation_is_believed_only_where_introspection_confirms_it(string name)
    {
        await using var world = await StartAsync();
        world.Inputs["revoke"] = "true";
        world.Inputs["timeout"] = "4s";
        // A single try may take all of the time, were it not for the limit of the check.
        world.Inputs["max-attempts"] = "1";
        await world.RunAsync();
        var (path, faults) = name switch
        {
            "not-revoked" => ("/as/revoke", new[] { Fault.Status(200, "") }),
            "may-not-introspect" => ("/as/introspect", [Fault.Body("""{"active":false}""")]),
            "introspection-refused" => ("/as/introspect", [Fault.Status(403, """{"error":"access_denied"}""")]),
            "introspection-hangs" => ("/as/introspect", [Fault.Hang]),
            _ => ("/as/introspect", [Fault.None, Fault.Hang]),
        };
        Assert.All(faults, fault => world.Sandbox.Faults.Enqueue(path, fault));

        Scenario.Verify(await world.RunPostAsync(), exitCode: 0, name);
        Assert.Equal(name == "not-revoked", world.Sandbox.IsTokenValid(Canary.Token.Value));
    }

    [Fact]
    public async Task Secret_is_sent_unencoded_when_asked_for()
    {
        await using var world = await StartAsync(options => options with { Clients = [options.Clients[0] with { RawBasic = true }] });
        world.Inputs["client-authentication"] = "basic-raw";

        Scenario.Verify(await world.RunAsync(), exitCode: 0);
    }

    /// <summary>RFC 6749 has no room for text beyond ASCII in ids and secrets; servers that take it read it as UTF-8.</summary>
    [Theory]
    [InlineData("basic")]
    [InlineData("basic-raw")]
    [InlineData("post")]
    public async Task Odd_id_and_secret_arrive_as_they_are(string method)
    {
        const string Id = "grüße@Example Inc=%+€🔑";
        const string Secret = "s3cr3t:@%+= ü€🔑-kanarie";
        await using var world = await StartAsync(options => options with
        {
            Clients = [new SandboxClient(Id, Secret, Canary.OrganizationId, "Example") { RawBasic = method == "basic-raw" }],
        });
        world.Inputs["client-id"] = Id;
        world.Inputs["client-secret"] = Secret;
        world.Inputs["client-authentication"] = method;

        var run = await world.RunAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(new Canary("secret", Secret).FindIn(string.Join('\n', run.StepLog().Lines)));
    }

    [Theory]
    [InlineData("ES256", "text")]
    [InlineData("RS256", "text")]
    [InlineData("PS256", "file")]
    [InlineData("ES256", "one-line")]
    public async Task Assertion_authenticates_the_client(string algorithm, string way)
    {
        var key = algorithm == "ES256" ? TestKey.Ec : TestKey.Rsa;
        await using var world = await StartAsync(
            options => options with { Clients = [options.Clients[0] with { PublicKeyPem = key.PublicPem }] });
        world.Inputs.Remove("client-secret");
        world.Inputs["client-authentication"] = "private-key-jwt";
        world.Inputs["signing-algorithm"] = algorithm;
        world.Inputs["private-key"] = way switch
        {
            "file" => world.GiveFile("private-key.pem", key.PrivatePem),
            "one-line" => key.PrivatePem.Replace("\n", "\\n", StringComparison.Ordinal),
            _ => key.PrivatePem,
        };

        var run = await world.RunAsync();

        Scenario.Verify(run, exitCode: 0, $"{algorithm}-{way}");
        AssertHides(run, key);
    }

    [Fact]
    public async Task Assertion_is_made_anew_for_each_try()
    {
        await using var world = await StartAsync();
        world.Inputs.Remove("client-secret");
        world.Inputs["client-authentication"] = "private-key-jwt";
        world.Inputs["private-key"] = TestKey.Ec.PrivatePem;
        // The server has seen the first assertion, and its answer is lost.
        world.Sandbox.Faults.Enqueue(TokenPath, Fault.Truncated);

        Assert.Equal(0, (await world.RunAsync()).ExitCode);
        var bodies = world.Sandbox.Requests.Where(request => request.Path == TokenPath).Select(request => request.Body).ToList();
        Assert.Equal(2, bodies.Count);
        Assert.NotEqual(bodies[0], bodies[1]);
    }

    [Fact]
    public async Task Key_that_the_server_does_not_know_is_explained()
    {
        await using var world = await StartAsync();
        var stranger = TestKey.NewEc();
        world.Inputs.Remove("client-secret");
        world.Inputs["client-authentication"] = "private-key-jwt";
        world.Inputs["private-key"] = stranger.PrivatePem;

        var run = await world.RunAsync();

        Scenario.Verify(run, exitCode: 3);
        AssertHides(run, stranger);
    }

    [Fact]
    public async Task Certificate_authenticates_the_client()
    {
        await using var world = await StartAsync();
        GiveCertificate(world, Canary.ClientId);

        Scenario.Verify(await world.RunAsync(), exitCode: 0);
        Assert.Equal($"CN={Canary.ClientId}", world.Sandbox.Requests[^1].ClientCertificateSubject);
    }

    [Fact]
    public async Task Certificate_of_another_client_is_explained()
    {
        await using var world = await StartAsync();
        GiveCertificate(world, "another-client");

        Scenario.Verify(await world.RunAsync(), exitCode: 3);
    }

    [Fact]
    public async Task Fields_of_the_request_are_those_asked_for()
    {
        await using var world = await StartAsync();
        world.Inputs["scope"] = "read write";
        world.Inputs["audience"] = "https://api.example.test/ü";
        world.Inputs["resource"] = "https://one.example.test/a,b;c\nhttps://two.example.test";
        world.Inputs["parameters"] = "tenant = example\n\n  device=a=b&c d\nassertion=kanarie+/=%~s3cr3t-VxZ9.Q_w8\n";

        Scenario.Verify(await world.RunAsync(), exitCode: 0);
    }

    [Fact]
    public async Task Grant_can_be_another_one_whose_secret_is_masked_like_the_others()
    {
        await using var world = await StartAsync();
        // Stands for an assertion; a server that echoes it must not bring it into the log.
        var assertion = Canary.AccessKeySecret.Value;
        world.Inputs["parameters"] = $"grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer\nassertion={assertion}";
        world.Sandbox.Faults.Enqueue(TokenPath, Fault.Status(400, $$"""{"error":"invalid_grant","error_description":"{{assertion}} is not an assertion"}"""));

        var run = await world.RunAsync();

        Assert.StartsWith("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=KANARIE",
            world.Sandbox.Requests[^1].Body, StringComparison.Ordinal);
        Scenario.Verify(run, exitCode: 3);
    }

    [Fact]
    public async Task Parameters_that_cannot_be_are_named_by_line_and_not_shown()
    {
        await using var world = await StartAsync();
        world.Inputs["scope"] = "read";
        world.Inputs["parameters"] = $"{Canary.ClientSecret.Value}\nclient_secret=x\nscope=write\na=1\na=2\nein name=3";

        var run = await world.RunAsync();

        Scenario.Verify(run, exitCode: 2);
    }

    [Fact]
    public async Task Metadata_of_rfc_8414_is_found_where_there_is_none_of_openid_connect()
    {
        await using var world = await StartAsync();
        world.Sandbox.Faults.Enqueue(Discovery, Fault.Status(404));

        Scenario.Verify(await world.RunAsync(), exitCode: 0);
    }

    [Theory]
    [InlineData("other-issuer", 200, """{"issuer":"https://elsewhere.example.test","token_endpoint":"https://elsewhere.example.test/token"}""", 6)]
    [InlineData("no-issuer", 200, """{"token_endpoint":"https://elsewhere.example.test/token"}""", 6)]
    [InlineData("no-json", 200, "<html>Sign in</html>", 6)]
    [InlineData("plain-http", 200, """{"issuer":"ISSUER","token_endpoint":"http://elsewhere.example.test/token"}""", 6)]
    [InlineData("no-token-endpoint", 200, """{"issuer":"ISSUER"}""", 6)]
    [InlineData("forbidden", 403, "", 4)]
    public async Task Metadata_that_cannot_be_used_is_explained_and_no_credentials_leave(string name, int status, string body, int exitCode)
    {
        await using var world = await StartAsync();
        world.Sandbox.Faults.Enqueue(Discovery, Fault.Status(status, body.Replace("ISSUER", world.At("as"), StringComparison.Ordinal)));

        Scenario.Verify(await world.RunAsync(), exitCode, name);
        Assert.Single(world.Sandbox.Requests);
    }

    [Fact]
    public async Task Token_endpoint_that_is_given_is_not_discovered()
    {
        await using var world = await StartAsync();
        world.Inputs["token-url"] = world.At("as/token");

        Assert.Equal(0, (await world.RunAsync()).ExitCode);
        Assert.Equal([TokenPath], world.Sandbox.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task Aliases_for_certificates_are_preferred()
    {
        await using var world = await StartAsync();
        GiveCertificate(world, Canary.ClientId);
        world.Sandbox.Faults.Enqueue(Discovery, Fault.Body(
            $$"""{"issuer":"{{world.Inputs["issuer"]}}","token_endpoint":"https://plain.example.test/token","mtls_endpoint_aliases":{"token_endpoint":"{{new Uri(world.Sandbox.HttpsAddress, "as/token")}}"} }"""));

        Assert.Equal(0, (await world.RunAsync()).ExitCode);
    }

    [Theory]
    [InlineData("text", "\"3600\"")]
    [InlineData("fraction", "3599.9")]
    [InlineData("nonsense", "\"soon\"")]
    [InlineData("absent", "null")]
    public async Task Lifetime_is_read_with_good_sense(string name, string expiresIn)
    {
        await using var world = await StartAsync();
        world.Sandbox.Faults.Enqueue(TokenPath, Fault.Body($$"""{"access_token":"{{Canary.Token.Value}}","token_type":"Bearer","expires_in":{{expiresIn}}}"""));

        Scenario.Verify(await world.RunAsync(), exitCode: 0, name);
    }

    [Theory]
    [InlineData("DPoP")]
    [InlineData("mac")]
    [InlineData("N_A")]
    public async Task Token_of_another_type_is_refused(string type)
    {
        await using var world = await StartAsync();
        world.Sandbox.Faults.Enqueue(TokenPath, Fault.Body($$"""{"access_token":"{{Canary.Token.Value}}","token_type":"{{type}}"}"""));

        Scenario.Verify(await world.RunAsync(), exitCode: 6, type);
    }

    [Fact]
    public async Task Scope_that_was_not_granted_is_a_warning()
    {
        await using var world = await StartAsync();
        world.Inputs["scope"] = "read write admin";
        world.Sandbox.Faults.Enqueue(TokenPath, Fault.Body($$"""{"access_token":"{{Canary.Token.Value}}","token_type":"Bearer","expires_in":60,"scope":"write read"}"""));

        Scenario.Verify(await world.RunAsync(), exitCode: 0);
    }

    [Theory]
    [InlineData("no-server")]
    [InlineData("encrypted-key")]
    [InlineData("wrong-algorithm")]
    [InlineData("short-key")]
    [InlineData("no-certificate")]
    [InlineData("certificate-of-another-key")]
    [InlineData("key-in-no-file")]
    [InlineData("secret-reference")]
    public async Task Inputs_that_do_not_fit_together_are_refused(string name)
    {
        await using var world = await StartAsync();
        world.Inputs["client-authentication"] = name is "no-server" or "certificate-of-another-key"
            ? "basic" : name == "no-certificate" ? "tls-client-auth"
            : "private-key-jwt";
        if (world.Inputs["client-authentication"] != "basic")
        {
            world.Inputs.Remove("client-secret");
        }

        switch (name)
        {
            case "no-server":
                world.Inputs.Remove("issuer");
                break;
            case "encrypted-key":
                world.Inputs["private-key"] = "-----BEGIN ENCRYPTED PRIVATE "
                    + "KEY-----\nMIIBvTBXBgkqhkiG9w0BBQ0wSjApBgkqhkiG9w0BBQwwHAQI\n-----END ENCRYPTED PRIVATE KEY-----";
                break;
            case "wrong-algorithm":
                world.Inputs["private-key"] = TestKey.Ec.PrivatePem;
                world.Inputs["signing-algorithm"] = "RS256";
                break;
            case "short-key":
                world.Inputs["private-key"] = TestKey.NewRsa(1024).PrivatePem;
                break;
            case "certificate-of-another-key":
                world.Inputs["client-certificate"] = world.Sandbox.IssueClientCertificate(Canary.ClientId).CertificatePem;
                world.Inputs["client-key"] = TestKey.Ec.PrivatePem;
                break;
            case "key-in-no-file":
                world.Inputs["private-key"] = "keys/private.pem";
                break;
            case "secret-reference":
                world.Inputs["private-key"] = "${{ secrets.PRIVATE_KEY }}";
                break;
            default:
                break;
        }

        var run = await world.RunAsync();

        Assert.Equal(2, run.ExitCode);
        run.AssertNoSecretShows();
        Assert.Empty(world.Sandbox.Requests);
        Snapshot.Verify(string.Join('\n', run.StepLog().Annotations.Select(annotation => annotation.Message)), name);
    }

    private static void GiveCertificate(World world, string commonName)
    {
        var certificate = world.Sandbox.IssueClientCertificate(commonName);
        world.Inputs.Remove("client-secret");
        world.Inputs["client-authentication"] = "tls-client-auth";
        world.Inputs["issuer"] = new Uri(world.Sandbox.HttpsAddress, "as").ToString();
        world.Inputs["ca-certificate"] = world.GiveFile("authority.pem", world.Sandbox.CertificateAuthorityPem);
        world.Inputs["client-certificate"] = world.GiveFile("client.pem", certificate.CertificatePem);
        world.Inputs["client-key"] = world.GiveFile("client-key.pem", certificate.KeyPem);
    }

    // Line by line, because that is how a key would show itself.
    private static void AssertHides(Run run, TestKey key)
    {
        var shown = string.Join('\n', run.StepLog().Lines) + run.File("GITHUB_STEP_SUMMARY") + run.File("GITHUB_STATE");
        Assert.DoesNotContain(key.PrivatePem.Split('\n').Where(line => line.Length > 40), line =>
            shown.Contains(line, StringComparison.Ordinal));
    }
}
