using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Ccaas.Sandbox;

namespace Ccaas.Action.Tests.SecretStores.AwsSecretsManager;

/// <summary>Where no keys come from, the reason is told.</summary>
public sealed class AwsKeyFailureTests : IDisposable
{
    private const string SecretKey = "secret-of-the-key";

    private readonly string _file = Path.GetTempFileName();
    private IReadOnlyList<string> _masks = [];

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("another", "repo:example/nightly", 5, "The store refused", "trust policy")]
    [InlineData("sts.amazonaws.com", "repo:example/fork", 5, "The store refused", "trust policy")]
    [InlineData("sts.amazonaws.com", "repo:example/nightly", -5, "The store refused", "renew the file")]
    public async Task Token_that_the_role_does_not_take_is_told_by_its_cause(string audience, string subject, int minutes, string title,
        string remedy)
    {
        await using var world = await AwsWorld.StartAsync();

        AssertIs(title, remedy, await OfRoleAsync(world, AwsWorld.IdentityToken(audience, subject, minutes)));
    }

    [Fact]
    public async Task Token_that_is_none_is_told_as_such()
    {
        await using var world = await AwsWorld.StartAsync();

        AssertIs("The store refused", "IAM > Identity providers", await OfRoleAsync(world, "no-token-at-all"));
    }

    [Theory]
    [InlineData("IDPCommunicationError", "The store failed", 2)]
    [InlineData("Throttling", "The store is throttled", 2)]
    [InlineData("RegionDisabledException", "The store refused", 1)]
    [InlineData("ValidationError", "The store failed", 1)]
    [InlineData("SomethingNew", "The store failed", 1)]
    public async Task Error_of_sts_is_told_and_tried_again_where_that_may_help(string code, string title, int requests)
    {
        await using var world = await AwsWorld.StartAsync();
        for (var i = 0; i < 2; i++)
        {
            world.Sandbox.Faults.Enqueue(Fault.Status(400, $"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>It "
                + "&quot;was&quot; so</Message></Error></ErrorResponse>", "text/xml"));
        }

        var failure = await OfRoleAsync(world, AwsWorld.IdentityToken());

        AssertIs(title, "", failure);
        Assert.Contains($"({code}: It \"was\" so)", failure.Message, StringComparison.Ordinal);
        Assert.Equal(requests, world.Asked.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<AssumeRoleWithWebIdentityResponse></AssumeRoleWithWebIdentityResponse>")]
    [InlineData("<R><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>secret-of-the-key</SecretAccessKey></R>")]
    [InlineData("<R><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>secret-of-the-key</SecretAccessKey><SessionToken>with "
        + "blank</SessionToken></R>")]
    public async Task Response_of_sts_without_keys_is_a_failure(string body)
    {
        await using var world = await AwsWorld.StartAsync();
        world.Sandbox.Faults.Enqueue(Fault.Body(body, "text/xml"));

        AssertIs("The store failed", "AWS_ENDPOINT_URL_STS", await OfRoleAsync(world, AwsWorld.IdentityToken()));
        Assert.Equal(body.Contains(SecretKey, StringComparison.Ordinal), _masks.Contains(SecretKey));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("two\nlines")]
    public async Task Token_file_that_cannot_be_used_is_told(string? text)
    {
        await using var world = await AwsWorld.StartAsync();

        AssertIs("The store failed", "path", await OfRoleAsync(world, text));
        Assert.Empty(world.Asked);
    }

    [Theory]
    [InlineData(403, "{\"value\":\"token\"}")]
    [InlineData(200, "{}")]
    [InlineData(200, "<html>")]
    public async Task Job_without_an_identity_is_told_how_to_have_one(int status, string body)
    {
        await using var world = await AwsWorld.StartAsync();
        world.Sandbox.Faults.Enqueue("/_apis", Fault.Status(status, body));
        var environment = new Dictionary<string, string> { ["AWS_ROLE_ARN"] = AwsWorld.RoleArn };

        var failure = await ReadAsync(
            world, environment,
            new CiIdTokenEndpoint(new Uri(world.Sandbox.HttpAddress, "/_apis/oidc?a=b"), new Secret("bearer-of-the-job")));

        AssertIs(status == 200 ? "The store failed" : "The store refused", "id-token: write", failure);
    }

    [Fact]
    public async Task Container_with_the_wrong_token_is_refused()
    {
        await using var world = await AwsWorld.StartAsync();

        AssertIs("The store failed", "role", await ReadAsync(world, new()
        {
            ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = new Uri(world.Sandbox.HttpAddress, "/v1/credentials").ToString(),
            ["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "yesterdays-token",
        }));
    }

    [Theory]
    [InlineData("http://10.0.0.1/credentials")]
    [InlineData("http://169.254.170.3/credentials")]
    [InlineData("http://169.254.170.2@evil.example/")]
    [InlineData("ftp://169.254.170.2/")]
    public async Task Keys_are_not_asked_for_over_plain_http_just_anywhere(string address)
    {
        await using var world = await AwsWorld.StartAsync();

        AssertIs("The store failed", "https", await ReadAsync(world, new() { ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = address }));
        Assert.Empty(world.Asked);
    }

    [Theory]
    [InlineData("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/credentials/0?x=y", "http://169.254.170.2/v2/credentials/0?x=y")]
    [InlineData("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "@evil.example/x", "http://169.254.170.2/@evil.example/x")]
    [InlineData("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "//evil.example/x", "http://169.254.170.2/evil.example/x")]
    [InlineData("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://169.254.170.23/v1/credentials", "http://169.254.170.23/v1/credentials")]
    [InlineData("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://[fd00:ec2::23]/v1/credentials", "http://[fd00:ec2::23]/v1/credentials")]
    [InlineData("AWS_CONTAINER_CREDENTIALS_FULL_URI", "https://agent.example.test/", "https://agent.example.test/")]
    public void Containers_addresses_are_those_of_aws(string variable, string value, string address) =>
        Assert.Equal(new Uri(address), ContainerRole.Of(name => name == variable ? value : null)!.Address);

    [Fact]
    public async Task Instance_without_a_role_has_no_keys()
    {
        await using var world = await AwsWorld.StartAsync();
        world.Sandbox.Faults.Enqueue("/latest/meta-data", Fault.Status(404));

        AssertIs("No credentials for the store", "AWS_ROLE_ARN", await OfInstanceAsync(world));
    }

    [Fact]
    public async Task Machine_of_another_cloud_has_no_keys()
    {
        await using var world = await AwsWorld.StartAsync();
        world.Sandbox.Faults.Enqueue("/latest/api/token", Fault.Status(400, "{\"error\":\"Bad request\"}"));

        AssertIs("No credentials for the store", "AWS_ROLE_ARN", await OfInstanceAsync(world));
        Assert.Single(world.Asked);
    }

    [Fact]
    public async Task Silence_is_waited_for_about_a_second_and_once()
    {
        await using var world = await AwsWorld.StartAsync();
        world.Sandbox.Faults.Enqueue("/latest/api/token", Fault.Hang);
        var store = world.Open(OfInstance(world)).Store;
        var watch = Stopwatch.StartNew();

        AssertIs("No credentials for the store", "AWS_ROLE_ARN",
            await Assert.ThrowsAsync<FailureException>(() => store.ReadAsync(CancellationToken.None)));
        AssertIs("No credentials for the store", "AWS_ROLE_ARN",
            await Assert.ThrowsAsync<FailureException>(() => store.WriteAsync("one", default, CancellationToken.None)));

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(10));
        Assert.Single(world.Asked);
    }

    [Fact]
    public async Task Job_that_is_canceled_in_that_silence_is_no_failure()
    {
        await using var world = await AwsWorld.StartAsync();
        world.Sandbox.Faults.Enqueue("/latest/api/token", Fault.Hang);
        using var job = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.Open(OfInstance(world)).Store.ReadAsync(job.Token));
    }

    [Fact]
    public async Task Closed_port_has_no_keys()
    {
        await using var world = await AwsWorld.StartAsync();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        AssertIs("No credentials for the store", "AWS_ROLE_ARN",
            await ReadAsync(world, new() { ["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = $"http://127.0.0.1:{port}" }));
    }

    [Fact]
    public async Task Metadata_service_that_is_switched_off_is_not_asked()
    {
        await using var world = await AwsWorld.StartAsync();

        AssertIs("No credentials for the store", "AWS_ROLE_ARN",
            await ReadAsync(world, new(OfInstance(world)) { ["AWS_EC2_METADATA_DISABLED"] = "True" }));
        Assert.Empty(world.Asked);
    }

    [Theory]
    [InlineData(500, "")]
    [InlineData(200, "{}")]
    [InlineData(200, "{\"AccessKeyId\":\"ASIA\",\"SecretAccessKey\":\"secret-of-the-key\"}")]
    public async Task Invalid_response_of_the_instance_is_a_failure(int status, string body)
    {
        await using var world = await AwsWorld.StartAsync();
        world.Sandbox.Faults.Enqueue("/latest/meta-data/iam/security-credentials/nightly-build", Fault.Status(status, body));
        world.Sandbox.Faults.Enqueue("/latest/meta-data/iam/security-credentials/nightly-build", Fault.Status(status, body));

        AssertIs("The store failed", "", await OfInstanceAsync(world));
        Assert.Equal(body.Contains(SecretKey, StringComparison.Ordinal), _masks.Contains(SecretKey));
    }

    private static void AssertIs(string title, string remedy, FailureException failure)
    {
        Assert.Equal((title, ExitCode.Reuse), (failure.Title, failure.ExitCode));
        Assert.Contains(remedy, failure.Remedy, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> OfInstance(AwsWorld world) =>
        new() { ["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = world.Sandbox.HttpAddress.ToString() };

    private Task<FailureException> OfInstanceAsync(AwsWorld world) => ReadAsync(world, OfInstance(world));

    /// <param name="world">Where the role is.</param>
    /// <param name="token">What the file holds; null: there is no file.</param>
    private Task<FailureException> OfRoleAsync(AwsWorld world, string? token)
    {
        File.WriteAllText(_file, token);
        return ReadAsync(world,
            new() { ["AWS_ROLE_ARN"] = AwsWorld.RoleArn, ["AWS_WEB_IDENTITY_TOKEN_FILE"] = token is null ? _file + ".not" : _file });
    }

    /// <summary>Nothing secret is in what is said, whatever it is.</summary>
    private async Task<FailureException> ReadAsync(AwsWorld world, Dictionary<string, string> environment, CiIdTokenEndpoint? identity =
        null)
    {
        var (store, line) = world.Open(environment, identity);
        var failure = await Assert.ThrowsAsync<FailureException>(() => store.ReadAsync(CancellationToken.None));
        Assert.NotNull(failure);
        _masks = line.Masks;
        var said = string.Join('\n', failure.Lines().Concat(line.Log.Lines));
        Assert.All(line.Masks, mask => Assert.DoesNotContain(mask, said, StringComparison.Ordinal));
        return failure;
    }
}
