using Ccaas.Sandbox;
using Ccaas.Sandbox.SecretsManager;

namespace Ccaas.Action.Tests.SecretStores.AwsSecretsManager;

/// <summary>Keys come from the first place that has some, once, and are masked before they are used.</summary>
public sealed class AwsKeySourceTests : IDisposable
{
    private const string Instance = "PUT /latest/api/token -> 200";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ccaas-aws-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Keys_of_the_environment_are_used_as_they_are()
    {
        await using var world = await AwsWorld.StartAsync();

        foreach (var key in new[] { AwsWorld.Key, AwsWorld.Session })
        {
            await UseAsync(world, AwsWorld.Environment(key));
        }

        Assert.All(world.Asked, asked => Assert.StartsWith("secretsmanager.", asked, StringComparison.Ordinal));
        Assert.Equal(AwsWorld.Session.SessionToken, world.Sandbox.Requests[^1].Header("X-Amz-Security-Token"));
    }

    [Fact]
    public async Task Blanks_around_the_environments_keys_are_left_out()
    {
        await using var world = await AwsWorld.StartAsync();

        await UseAsync(world, AwsWorld.Environment(AwsWorld.Session)
            .ToDictionary(variable => variable.Key, variable => $" {variable.Value}\n"));
    }

    [Fact]
    public async Task Key_with_a_blank_in_it_is_refused_before_it_is_sent()
    {
        await using var world = await AwsWorld.StartAsync();

        var failure = await Assert.ThrowsAsync<FailureException>(
            () => world.Open(AwsWorld.Session with { SessionToken = "session token" }).WriteAsync("one", default, CancellationToken.None));

        Assert.Equal("The store refused", failure!.Title);
        Assert.Empty(world.Asked);
    }

    [Fact]
    public async Task Token_in_a_file_is_taken_for_the_keys_of_the_role()
    {
        await using var world = await AwsWorld.StartAsync();
        var token = AwsWorld.IdentityToken();

        var line = await UseAsync(
            world, Role(("AWS_WEB_IDENTITY_TOKEN_FILE", Write("token", token + "\n")), ("AWS_ROLE_SESSION_NAME", "nightly-7")));

        Assert.Equal("POST / -> 200", world.Asked[0]);
        Assert.Contains("RoleSessionName=nightly-7&", world.Sandbox.Requests[0].Body, StringComparison.Ordinal);
        Assert.Contains(token, line.Masks);
        AssertKeysAreMasked(line, world);
    }

    [Fact]
    public async Task Jobs_identity_is_taken_for_the_keys_of_the_role()
    {
        await using var world = await AwsWorld.StartAsync();
        var (token, bearer) = (AwsWorld.IdentityToken(), "bearer-of-the-job-0123456789");
        world.Sandbox.Faults.Enqueue("/_apis", Fault.Body($"{{\"count\":1,\"value\":\"{token}\"}}"));

        var line = await UseAsync(
            world, Role(), new CiIdTokenEndpoint(new Uri(world.Sandbox.HttpAddress, "/_apis/oidc?api-version=2.0"), new Secret(bearer)));

        var asked = world.Sandbox.Requests[0];
        Assert.Equal(("api-version=2.0&audience=sts.amazonaws.com", $"Bearer {bearer}"), (asked.Query, asked.Header("Authorization")));
        Assert.Equal(["GET /_apis/oidc -> 200", "POST / -> 200"], world.Asked.Take(2));
        Assert.Contains("RoleSessionName=ccaas-token&DurationSeconds=900&", world.Sandbox.Requests[1].Body, StringComparison.Ordinal);
        Assert.Contains(token, line.Masks);
        AssertKeysAreMasked(line, world);
    }

    [Fact]
    public async Task Container_is_told_the_keys_of_its_role()
    {
        await using var world = await AwsWorld.StartAsync();
        var address = new Uri(world.Sandbox.HttpAddress, "/v1/credentials").ToString();
        var token = new SandboxAws().ContainerAuthorizationToken;

        foreach (var (variable, value) in new[] { ("AWS_CONTAINER_AUTHORIZATION_TOKEN", token),
            ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", Write("container", token)) })
        {
            world.Sandbox.ClearRequests();

            var line = await UseAsync(world, Some(("AWS_CONTAINER_CREDENTIALS_FULL_URI", address), (variable, value)));

            Assert.Equal("GET /v1/credentials -> 200", world.Asked[0]);
            AssertKeysAreMasked(line, world);
            // That of the environment is masked with all that the plan names, before there is a store.
            Assert.Equal(value != token, line.Masks.Contains(token));
        }
    }

    [Fact]
    public async Task Container_without_a_token_is_told_them_too()
    {
        await using var world = await AwsWorld.StartAsync();

        await UseAsync(world,
            Some(("AWS_CONTAINER_CREDENTIALS_FULL_URI", new Uri(world.Sandbox.HttpAddress, "/v2/credentials/of-the-task").ToString())));

        Assert.Equal("GET /v2/credentials/of-the-task -> 200", world.Asked[0]);
    }

    [Fact]
    public async Task Instance_is_told_the_keys_of_its_role()
    {
        await using var world = await AwsWorld.StartAsync();

        var line = await UseAsync(world, OfTheInstance(world));

        Assert.Equal(
            [Instance, "GET /latest/meta-data/iam/security-credentials/ -> 200",
                "GET /latest/meta-data/iam/security-credentials/nightly-build -> 200"],
            world.Asked.Take(3));
        Assert.Contains(world.Sandbox.Requests[1].Header("X-aws-ec2-metadata-token")!, line.Masks);
        AssertKeysAreMasked(line, world);
    }

    /// <summary>Everything is there; one after the other is taken away.</summary>
    [Fact]
    public async Task First_source_in_the_vendors_order_is_used()
    {
        await using var world = await AwsWorld.StartAsync();
        var identity = new CiIdTokenEndpoint(new Uri(world.Sandbox.HttpAddress, "/_apis/oidc"), new Secret("bearer-of-the-job"));
        var environment = AwsWorld.Environment(AwsWorld.Key)
            .Concat(Role(("AWS_WEB_IDENTITY_TOKEN_FILE", Write("token", AwsWorld.IdentityToken()))))
            .Concat(Some(("AWS_CONTAINER_CREDENTIALS_FULL_URI", new Uri(world.Sandbox.HttpAddress, "/v2/credentials/x").ToString())))
            .Concat(OfTheInstance(world))
            .ToDictionary();
        var firsts = new List<string>();

        foreach (var without in new[] { "", "AWS_SECRET_ACCESS_KEY", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI" })
        {
            environment.Remove(without);
            world.Sandbox.ClearRequests();
            world.Sandbox.Faults.Clear();
            world.Sandbox.Faults.Enqueue("/_apis", Fault.Body($"{{\"value\":\"{AwsWorld.IdentityToken()}\"}}"));
            await UseAsync(world, environment, identity);
            firsts.Add(world.Asked[0].Split(" -> ")[0]);
        }

        Assert.Equal(["secretsmanager.PutSecretValue", "POST /", "GET /_apis/oidc", "GET /v2/credentials/x", "PUT /latest/api/token"],
            firsts);
    }

    [Fact]
    public async Task Keys_are_fetched_once_for_reading_and_writing()
    {
        await using var world = await AwsWorld.StartAsync();
        var store = world.Open(OfTheInstance(world)).Store;

        await store.ReadAsync(CancellationToken.None);
        await store.WriteAsync("one", default, CancellationToken.None);
        await store.ReadAsync(CancellationToken.None);

        Assert.Single(world.Asked, asked => asked == Instance);
        Assert.Equal("secretsmanager.GetSecretValue -> 200", world.Asked[^1]);
    }

    [Fact]
    public void Secrets_of_the_environment_that_are_used_are_told_and_no_others()
    {
        var identity = new CiIdTokenEndpoint(new Uri("https://ci.example.test/"), new Secret("bearer"));

        Assert.Equal(["s3cr3t/of+the/session", "session+token/of=="], Secrets(AwsWorld.Environment(AwsWorld.Session)));
        Assert.Equal(["bearer"], Secrets(Role()));
        Assert.Empty(Secrets(Role(("AWS_WEB_IDENTITY_TOKEN_FILE", "file"))));
        Assert.Equal(["of-the-container"],
            Secrets(Some(("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/x"), ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "of-the-container"))));
        Assert.Empty(Secrets(Some()));

        IEnumerable<string> Secrets(IReadOnlyDictionary<string, string> environment) =>
            AwsWorld.Plan(environment, new InputProblems(), identity)!.Secrets.Select(secret => secret.Reveal());
    }

    private static void AssertKeysAreMasked(StoreLine line, AwsWorld world)
    {
        Assert.Contains(world.Sandbox.Requests[^1].Header("X-Amz-Security-Token")!, line.Masks);
        // The secret key is never sent; it is the one of all that has its length.
        Assert.Contains(line.Masks, mask => mask.Length == 40 && Convert.TryFromBase64String(mask, new byte[30], out _));
    }

    private static Dictionary<string, string> Some(params (string Name, string Value)[] variables) =>
        variables.ToDictionary(variable => variable.Name, variable => variable.Value);

    private static Dictionary<string, string> Role(params (string Name, string Value)[] more) =>
        Some([("AWS_ROLE_ARN", AwsWorld.RoleArn), .. more]);

    private static Dictionary<string, string> OfTheInstance(AwsWorld world) =>
        Some(("AWS_EC2_METADATA_SERVICE_ENDPOINT", world.Sandbox.HttpAddress.ToString()));

    private static async Task<StoreLine> UseAsync(AwsWorld world, IReadOnlyDictionary<string, string> environment,
        CiIdTokenEndpoint? identity = null)
    {
        var (store, line) = world.Open(environment, identity);
        await store.WriteAsync("one", default, CancellationToken.None);
        return line;
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
