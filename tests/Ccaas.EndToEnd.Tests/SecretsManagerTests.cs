using System.Text.Json;
using System.Text.Json.Nodes;
using Ccaas.Sandbox;
using Ccaas.Sandbox.SecretsManager;

namespace Ccaas.EndToEnd.Tests;

/// <summary>The sandbox's Secrets Manager, as the vendor's own client sees it.</summary>
public sealed class SecretsManagerTests
{
    private const string Name = "ccaas/nightly/access-token";
    private const string FirstToken = "11111111-1111-4111-8111-111111111111";
    private const string SecondToken = "22222222-2222-4222-8222-222222222222";
    private const string RoleArn = "arn:aws:iam::111122223333:role/nightly-build";

    private static readonly SandboxAccessKey Key = new("AKIASANDBOXSANDBOX00", "s3cr3t/of+the/key");
    private static readonly SandboxAccessKey Reader =
        new("AKIASANDBOXSANDBOX01", "s3cr3t/of+the/reader") { Access = SandboxSecretAccess.Read };
    private static readonly SandboxAccessKey Session =
        new("ASIASANDBOXSANDBOX02", "s3cr3t/of+the/session") { SessionToken = "session+token/of==" };

    private static readonly SandboxAwsRole Role = new(RoleArn)
    {
        IsOfTheMachine = true,
        AcceptsAssertion = a =>
            a is { Issuer: FederatedToken.Issuer, Subject: FederatedToken.Subject } && a.Audiences.Contains("sts.amazonaws.com"),
    };

    [SecretsManagerFact]
    public async Task Secret_is_created_described_and_read()
    {
        await using var sandbox = await StartAsync();

        var results = await SecretsManagerClient.With(sandbox, Key).SendAsync(
            ("CreateSecret", new JsonObject
            {
                ["Name"] = Name,
                ["SecretString"] = "t0ken – one",
                ["Description"] = "for the night",
                ["Tags"] = new JsonArray(new JsonObject { ["Key"] = "region", ["Value"] = "mypurecloud.de" }),
                ["ClientRequestToken"] = FirstToken,
            }),
            ("DescribeSecret", OfSecret()),
            ("GetSecretValue", OfSecret()));

        var (created, described, read) = (Output(results[0]), Output(results[1]), Output(results[2]));
        var arn = Text(created, "ARN");
        Assert.Matches($"^arn:aws:secretsmanager:eu-central-1:111122223333:secret:{Name}-[A-Za-z0-9]{{6}}$", arn);
        Assert.Equal((FirstToken, FirstToken), (Text(created, "VersionId"), Text(read, "VersionId")));
        Assert.Equal(("for the night", "mypurecloud.de"),
            (Text(described, "Description"), Text(described.GetProperty("Tags")[0], "Value")));
        Assert.Equal("AWSCURRENT", described.GetProperty("VersionIdsToStages").GetProperty(FirstToken)[0].GetString());
        Assert.Equal((arn, "t0ken – one"), (Text(read, "ARN"), Text(read, "SecretString")));
        Assert.Equal("t0ken – one", sandbox.Secrets.SecretsManager.Value(Name));
        Assert.All(sandbox.Requests, request => Assert.True(request.Known, $"{request.Method} {request.Path}"));
    }

    [SecretsManagerFact]
    public async Task Value_that_is_put_becomes_current_and_the_one_before_previous()
    {
        await using var sandbox = await StartAsync();

        var results = await SecretsManagerClient.With(sandbox, Key).SendAsync(
            ("CreateSecret", Created()),
            ("PutSecretValue", OfSecret(("SecretString", "two"), ("ClientRequestToken", SecondToken))),
            ("GetSecretValue", OfSecret()),
            ("GetSecretValue", OfSecret(("VersionStage", "AWSPREVIOUS"))),
            ("GetSecretValue", OfSecret(("VersionId", FirstToken))),
            ("GetSecretValue", OfSecret(("VersionStage", "NONE"))));

        Assert.Equal(["two", "one", "one"], results.Skip(2).Take(3).Select(result => Text(Output(result), "SecretString")));
        AssertError(results[5], "ResourceNotFoundException");
    }

    [SecretsManagerFact]
    public async Task Value_with_stages_of_its_own_leaves_the_current_one_alone()
    {
        await using var sandbox = await StartAsync();
        var pending = OfSecret(("SecretString", "two"), ("ClientRequestToken", SecondToken));
        pending["VersionStages"] = new JsonArray("AWSPENDING");

        var results = await SecretsManagerClient.With(sandbox, Key).SendAsync(
            ("CreateSecret", Created()),
            ("PutSecretValue", pending),
            ("GetSecretValue", OfSecret()),
            ("GetSecretValue", OfSecret(("VersionStage", "AWSPENDING"))));

        Assert.Equal(["one", "two"], results.Skip(2).Select(result => Text(Output(result), "SecretString")));
    }

    [SecretsManagerFact]
    public async Task Same_request_again_changes_nothing_and_another_value_for_it_is_refused()
    {
        await using var sandbox = await StartAsync();

        var results = await SecretsManagerClient.With(sandbox, Key).SendAsync(
            ("CreateSecret", Created()),
            ("CreateSecret", Created()),
            ("PutSecretValue", OfSecret(("SecretString", "one"), ("ClientRequestToken", FirstToken))),
            ("PutSecretValue", OfSecret(("SecretString", "two"), ("ClientRequestToken", FirstToken))),
            ("CreateSecret", new JsonObject { ["Name"] = Name, ["SecretString"] = "two" }),
            ("UpdateSecret", OfSecret(("SecretString", "three"), ("Description", "changed"))));

        Assert.All(results.Take(3), result => Assert.Equal(FirstToken, Text(Output(result), "VersionId")));
        AssertError(results[3], "ResourceExistsException");
        AssertError(results[4], "ResourceExistsException");
        var secret = sandbox.Secrets.SecretsManager.Find(Name)!;
        Assert.Equal((2, "three", "changed"), (secret.Versions.Count, secret.Current!.Value, secret.Description));
    }

    [SecretsManagerFact]
    public async Task Deleted_secret_is_closed_until_it_is_restored()
    {
        await using var sandbox = await StartAsync();
        var soon = OfSecret();
        soon["RecoveryWindowInDays"] = 7;
        var tooSoon = OfSecret();
        tooSoon["RecoveryWindowInDays"] = 6;

        var results = await SecretsManagerClient.With(sandbox, Key).SendAsync(
            ("CreateSecret", Created()),
            ("DeleteSecret", tooSoon),
            ("DeleteSecret", soon),
            ("GetSecretValue", OfSecret()),
            ("PutSecretValue", OfSecret(("SecretString", "two"))),
            ("CreateSecret", Created()),
            ("DescribeSecret", OfSecret()),
            ("RestoreSecret", OfSecret()),
            ("GetSecretValue", OfSecret()));

        AssertError(results[1], "InvalidParameterException");
        var end = Output(results[2]).GetProperty("DeletionDate").GetDateTimeOffset();
        Assert.InRange(end - TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(6.9), TimeSpan.FromDays(7));
        Assert.All(results.Skip(3).Take(3), result => AssertError(result, "InvalidRequestException"));
        Assert.True(Output(results[6]).TryGetProperty("DeletedDate", out _));
        Assert.Equal("one", Text(Output(results[8]), "SecretString"));
    }

    [SecretsManagerFact]
    public async Task Secret_deleted_without_recovery_is_gone_at_once()
    {
        await using var sandbox = await StartAsync();
        var force = OfSecret();
        force["ForceDeleteWithoutRecovery"] = true;

        var results = await SecretsManagerClient.With(sandbox, Key).SendAsync(
            ("CreateSecret", Created()), ("DeleteSecret", force), ("DescribeSecret", OfSecret()), ("CreateSecret", Created()));

        AssertError(results[2], "ResourceNotFoundException");
        Output(results[3]);
    }

    [SecretsManagerFact]
    public async Task Wrong_keys_are_refused_each_in_its_way()
    {
        await using var sandbox = await StartAsync();

        await AssertRefusedAsync("InvalidSignatureException",
            SecretsManagerClient.With(sandbox, Key with { SecretAccessKey = "yesterdays" }));
        await AssertRefusedAsync("UnrecognizedClientException",
            SecretsManagerClient.With(sandbox, Key with { AccessKeyId = "AKIANOBODYNOBODYNO00" }));
        await AssertRefusedAsync("UnrecognizedClientException",
            SecretsManagerClient.With(sandbox, Session with { SessionToken = "another" }));
        await AssertRefusedAsync("InvalidSignatureException", new SecretsManagerClient(sandbox)
        {
            Credentials = SecretsManagerClient.CredentialsOf(Key),
            Region = "eu-west-1",
        });
        Assert.Empty(sandbox.Secrets.SecretsManager.All);
    }

    [SecretsManagerFact]
    public async Task What_was_changed_after_it_was_signed_is_refused()
    {
        await using var sandbox = await StartAsync();

        foreach (var change in new[] { "body", "hash", "target", "extra", "path" })
        {
            await AssertRefusedAsync("InvalidSignatureException", new SecretsManagerClient(sandbox)
            {
                Credentials = SecretsManagerClient.CredentialsOf(Key),
                Change = change,
            });
        }

        await AssertRefusedAsync("MissingAuthenticationTokenException", new SecretsManagerClient(sandbox)
        {
            Credentials = SecretsManagerClient.CredentialsOf(Key),
            Change = "unsigned",
        });
        Assert.Empty(sandbox.Secrets.SecretsManager.All);
    }

    [SecretsManagerFact]
    public async Task Clock_may_be_off_by_a_quarter_of_an_hour_and_no_more()
    {
        await using var sandbox = await StartAsync();

        foreach (var minutes in new[] { -16, 16 })
        {
            await AssertRefusedAsync("InvalidSignatureException", new SecretsManagerClient(sandbox)
            {
                Credentials = SecretsManagerClient.CredentialsOf(Key),
                ClockOffset = TimeSpan.FromMinutes(minutes),
            });
        }

        var late = new SecretsManagerClient(
            sandbox)
        { Credentials = SecretsManagerClient.CredentialsOf(Key), ClockOffset = TimeSpan.FromMinutes(-14) };
        Output((await late.SendAsync(("CreateSecret", Created())))[0]);
    }

    [SecretsManagerFact]
    public async Task Session_is_taken_with_its_token_until_it_ends()
    {
        await using var sandbox = await StartAsync();
        await using var later = await StartAsync(Session with { ExpiresAt = TimeProvider.System.GetUtcNow().AddSeconds(-1) });

        Output((await SecretsManagerClient.With(sandbox, Session).SendAsync(("CreateSecret", Created())))[0]);
        await AssertRefusedAsync("ExpiredTokenException", SecretsManagerClient.With(later, Session));
    }

    [SecretsManagerFact]
    public async Task Reader_may_not_write()
    {
        await using var sandbox = await StartAsync();

        var results = await SecretsManagerClient.With(sandbox, Reader)
            .SendAsync(("CreateSecret", Created()), ("GetSecretValue", OfSecret()));

        AssertError(results[0], "AccessDeniedException");
        AssertError(results[1], "ResourceNotFoundException");
    }

    [SecretsManagerFact]
    public async Task Throttled_request_is_tried_again_by_the_client()
    {
        await using var sandbox = await StartAsync();
        sandbox.Faults.Enqueue("/", Fault.SecretsManagerError(400, "ThrottlingException", "Rate exceeded"));

        var client = new SecretsManagerClient(sandbox) { Credentials = SecretsManagerClient.CredentialsOf(Key), Attempts = 2 };
        Output((await client.SendAsync(("CreateSecret", Created())))[0]);

        Assert.Equal([400, 200], sandbox.Requests.Select(request => request.Status));
    }

    [SecretsManagerFact]
    public async Task Federated_token_is_taken_for_the_keys_of_a_role()
    {
        await using var sandbox = await StartAsync();

        // The service has an address of its own, or the one that everything is asked at.
        foreach (var path in new[] { "/sts", "/" })
        {
            var client = Federated(sandbox, path, FederatedToken.Create("sts.amazonaws.com", TimeSpan.FromMinutes(5)));
            Output((await client.SendAsync(("CreateSecret", Created())))[0]);
        }

        Assert.Equal("one", sandbox.Secrets.SecretsManager.Value(Name));
        Assert.All(sandbox.Requests, request => Assert.Equal(200, request.Status));
    }

    [SecretsManagerFact]
    public async Task Federated_token_that_is_not_meant_or_too_old_is_refused()
    {
        await using var sandbox = await StartAsync();

        await AssertRefusedAsync("AccessDenied", Federated(sandbox, "/sts", FederatedToken.Create("another", TimeSpan.FromMinutes(5))));
        await AssertRefusedAsync("ExpiredTokenException",
            Federated(sandbox, "/sts", FederatedToken.Create("sts.amazonaws.com", TimeSpan.FromMinutes(-5))));
        await AssertRefusedAsync("InvalidIdentityTokenException", Federated(sandbox, "/sts", "no-token-at-all"));
    }

    [SecretsManagerFact]
    public async Task Container_is_given_the_keys_of_its_role()
    {
        await using var sandbox = await StartAsync();
        var byPath = new JsonObject { ["uri"] = new Uri(sandbox.HttpAddress, "/v2/credentials/of-the-task").ToString() };
        var byToken = new JsonObject
        {
            ["uri"] = new Uri(sandbox.HttpAddress, "/v1/credentials").ToString(),
            ["token"] = new SandboxAws().ContainerAuthorizationToken,
        };

        foreach (var container in new[] { byPath, byToken })
        {
            var client = new SecretsManagerClient(sandbox) { Credentials = new JsonObject { ["container"] = container } };
            Output((await client.SendAsync(("CreateSecret", Created())))[0]);
        }
    }

    [SecretsManagerFact]
    public async Task Machine_is_given_the_keys_of_its_role()
    {
        await using var sandbox = await StartAsync();
        var client = new SecretsManagerClient(sandbox) { Credentials = new JsonObject { ["instance"] = sandbox.HttpAddress.ToString() } };

        Output((await client.SendAsync(("CreateSecret", Created())))[0]);

        Assert.Equal(
            ["PUT /latest/api/token", "GET /latest/meta-data/iam/security-credentials/",
                "GET /latest/meta-data/iam/security-credentials/nightly-build", "POST /"],
            sandbox.Requests.Select(request => $"{request.Method} {request.Path}"));
    }

    private static Task<SandboxServer> StartAsync(params SandboxAccessKey[] keys) => SandboxServer.StartAsync(new SandboxOptions
    {
        Vendors = [new SandboxAws { AccessKeys = keys.Length > 0 ? keys : [Key, Reader, Session], Roles = [Role] }],
    });

    private static SecretsManagerClient Federated(SandboxServer sandbox, string path, string token) => new(sandbox)
    {
        Credentials = new JsonObject
        {
            ["webIdentity"] = new JsonObject
            {
                ["roleArn"] = RoleArn,
                ["roleSessionName"] = "nightly-build-7",
                [
                "webIdentityToken"] = token
            },
            ["sts"] = new Uri(sandbox.HttpsAddress, path).ToString(),
        },
    };

    private static JsonObject Created() => new() { ["Name"] = Name, ["SecretString"] = "one", ["ClientRequestToken"] = FirstToken };

    private static JsonObject OfSecret(params (string Name, string Value)[] fields)
    {
        var input = new JsonObject { ["SecretId"] = Name };
        foreach (var (name, value) in fields)
        {
            input[name] = value;
        }

        return input;
    }

    private static async Task AssertRefusedAsync(string error, SecretsManagerClient client) =>
        AssertError((await client.SendAsync(("CreateSecret", Created())))[0], error);

    private static void AssertError(JsonElement result, string name)
    {
        Assert.True(result.TryGetProperty("error", out var error), result.ToString());
        Assert.Equal(name, Text(error, "name"));
    }

    private static JsonElement Output(JsonElement result)
    {
        Assert.True(result.TryGetProperty("output", out var output), result.ToString());
        return output;
    }

    private static string Text(JsonElement from, string name) => from.GetProperty(name).GetString()!;
}
