using System.Globalization;
using Ccaas.Sandbox;
using Ccaas.Sandbox.SecretsManager;

namespace Ccaas.Action.Tests.SecretStores.AwsSecretsManager;

/// <summary>What goes wrong with the service is told by its cause.</summary>
public sealed class SecretsManagerRefusalTests
{
    [Theory]
    [InlineData(400, "AccessDeniedException",
        "User: arn:aws:iam::111122223333:user/ci is not authorized to perform: secretsmanager:GetSecretValue", "The store refused",
        "secretsmanager:GetSecretValue")]
    [InlineData(400, "AccessDeniedException", "Access to KMS is not allowed", "The store refused", "kms:Decrypt")]
    [InlineData(400, "DecryptionFailure", "can't decrypt", "The store refused", "kms:Decrypt")]
    [InlineData(400, "InvalidRequestException", "You can't perform this operation on the secret because it was marked for deletion.",
        "The secret was deleted", "restore-secret")]
    [InlineData(400, "InvalidRequestException", "The secret is managed by another service.", "The store failed", "a secret of its own")]
    [InlineData(400, "UnrecognizedClientException", "The security token included in the request is invalid.", "The store refused",
        "AWS_SESSION_TOKEN")]
    [InlineData(403, "InvalidClientTokenId", "does not exist in our records", "The store refused", "AWS_ACCESS_KEY_ID")]
    [InlineData(400, "InvalidSignatureException", "The request signature we calculated does not match", "The store refused",
        "both parts of the key")]
    [InlineData(400, "InvalidSignatureException", "Signature expired: 20260101T000000Z is now earlier than", "The store refused", "clock")]
    [InlineData(400, "ExpiredTokenException", "The security token included in the request is expired", "The store refused", "AWS_ROLE_ARN")]
    [InlineData(400, "ThrottlingException", "Rate exceeded", "The store is throttled", "sealed")]
    [InlineData(400, "TooManyRequestsException", "", "The store is throttled", "sealed")]
    [InlineData(400, "LimitExceededException", "", "The store is throttled", "sealed")]
    [InlineData(429, "Whatever", "", "The store is throttled", "sealed")]
    [InlineData(500, "InternalServiceError", "An error occurred on the server side.", "The store failed", "again")]
    [InlineData(400, "InternalServiceError", "An error occurred on the server side.", "The store failed", "again")]
    [InlineData(503, "ServiceUnavailable", "", "The store failed", "again")]
    [InlineData(400, "SomethingNewException", "what nobody has seen", "The store failed", "region")]
    public async Task Error_is_told_by_its_cause(int status, string type, string message, string title, string remedy)
    {
        await using var world = await AwsWorld.StartAsync();
        Enqueue(world, Fault.SecretsManagerError(status, type, message), 2);

        var failure = await ReadAsync(world);

        Assert.Equal((title, ExitCode.Reuse), (failure.Title, failure.ExitCode));
        Assert.Contains(remedy, failure.Remedy, StringComparison.Ordinal);
        Assert.Contains($"({type}", failure.Message, StringComparison.Ordinal);
        Assert.Contains(message.TrimEnd('.'), failure.Message, StringComparison.Ordinal);
        Assert.StartsWith($"The secret {AwsWorld.Name} of AWS Secrets Manager in eu-central-1 could not be read", failure.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "ThrottlingException", 2)]
    [InlineData(400, "com.amazon.coral.availability#ThrottlingException", 2)]
    [InlineData(400, "TooManyRequestsException", 2)]
    [InlineData(400, "LimitExceededException", 2)]
    [InlineData(400, "InternalServiceError", 2)]
    [InlineData(500, "InternalServiceError", 2)]
    [InlineData(400, "AccessDeniedException", 1)]
    [InlineData(400, "InvalidSignatureException", 1)]
    public async Task Only_what_may_pass_is_asked_again_and_once(int status, string type, int requests)
    {
        await using var world = await AwsWorld.StartAsync();
        Enqueue(world, Fault.SecretsManagerError(status, type, "no"), 3);

        await ReadAsync(world);

        Assert.Equal(requests, world.Asked.Count);
    }

    [Fact]
    public async Task Throttled_once_is_no_failure()
    {
        await using var world = await AwsWorld.StartAsync();
        Enqueue(world, Fault.SecretsManagerError(400, "ThrottlingException", "Rate exceeded"), 1);

        await world.Open(AwsWorld.Key).WriteAsync("one", default, CancellationToken.None);

        Assert.Equal("one", world.Sandbox.Secrets.SecretsManager.Value(AwsWorld.Name));
    }

    [Theory]
    [InlineData("{\"__type\":\"com.amazonaws.secretsmanager#AccessDeniedException\",\"message\":\"no\"}", null)]
    [InlineData("{\"message\":\"no\"}", "AccessDeniedException")]
    [InlineData("{}", "com.amazonaws.secretsmanager#AccessDeniedException:http://internal.amazon.com/coral/")]
    [InlineData("<html>", "AccessDeniedException:http://internal.amazon.com/coral/")]
    public async Task Error_is_known_in_every_spelling(string body, string? header)
    {
        await using var world = await AwsWorld.StartAsync();
        var headers = header is null ? null : new Dictionary<string, string> { ["x-amzn-ErrorType"] = header };
        Enqueue(world, Fault.Status(400, body, headers: headers), 1);

        Assert.Equal("The store refused", (await ReadAsync(world)).Title);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("<html>Welcome</html>")]
    [InlineData("{\"SecretString\":1}")]
    public async Task Invalid_response_is_a_failure(string body)
    {
        await using var world = await AwsWorld.StartAsync();
        Enqueue(world, Fault.Body(body), 1);

        Assert.Equal("The store failed", (await ReadAsync(world)).Title);
    }

    [Fact]
    public async Task Redirect_is_not_followed()
    {
        await using var world = await AwsWorld.StartAsync();
        Enqueue(world, Fault.Redirect(307, new Uri(world.Sandbox.HttpAddress, "/elsewhere").ToString()), 1);

        Assert.Contains("307", (await ReadAsync(world)).Message, StringComparison.Ordinal);
        Assert.Single(world.Asked);
    }

    [Fact]
    public async Task Network_that_fails_is_told_as_such()
    {
        await using var world = await AwsWorld.StartAsync();
        Enqueue(world, Fault.Reset, 2);

        Assert.Equal((ExitCode.Network, 2), ((await ReadAsync(world)).ExitCode, world.Asked.Count));
    }

    [Theory]
    [InlineData(-16, "clock")]
    [InlineData(16, "clock")]
    [InlineData(14, null)]
    public async Task Signature_is_dated_with_this_machines_clock(int minutes, string? remedy)
    {
        await using var world = await AwsWorld.StartAsync();
        var clock = new ManualTimeProvider();
        clock.SetWallClock(TimeProvider.System.GetUtcNow().AddMinutes(minutes));

        var exception = await Record.ExceptionAsync(
            () => world.Open(AwsWorld.Environment(AwsWorld.Key), time: clock).Store.ReadAsync(CancellationToken.None));

        if (remedy is null)
        {
            Assert.Null(exception);
        }
        else
        {
            Assert.Contains(remedy, Assert.IsType<FailureException>(exception).Remedy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Wrong_keys_are_refused_each_with_its_cause()
    {
        await using var world = await AwsWorld.StartAsync();

        Assert.Contains("not the secret of", (await ReadAsync(world, AwsWorld.Key with { SecretAccessKey = "yesterdays" })).Cause,
            StringComparison.Ordinal);
        Assert.Contains("deleted", (await ReadAsync(world, AwsWorld.Key with { AccessKeyId = "AKIANOBODYNOBODYNO00" })).Cause,
            StringComparison.Ordinal);
        Assert.Contains("AWS_SESSION_TOKEN", (await ReadAsync(world, AwsWorld.Session with { SessionToken = null })).Cause,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vendors_words_are_made_harmless_and_short()
    {
        await using var world = await AwsWorld.StartAsync();
        var words = string.Create(CultureInfo.InvariantCulture, $"::error::{AwsWorld.Key.SecretAccessKey}\n{new string('x', 5000)}");
        Enqueue(world, Fault.SecretsManagerError(400, "::add-mask::Nonsense", words), 1);
        var (store, line) = world.Open(AwsWorld.Environment(AwsWorld.Key));

        var failure = await Assert.ThrowsAsync<FailureException>(() => store.ReadAsync(CancellationToken.None));

        var text = string.Join('\n', failure.Lines().Concat(line.Log.Lines));
        Assert.DoesNotContain("::", text, StringComparison.Ordinal);
        Assert.DoesNotContain(AwsWorld.Key.SecretAccessKey, text, StringComparison.Ordinal);
        Assert.InRange(failure.Message.Length, 1, 600);
    }

    private static void Enqueue(AwsWorld world, Fault fault, int times)
    {
        for (var i = 0; i < times; i++)
        {
            world.Sandbox.Faults.Enqueue(fault);
        }
    }

    private static async Task<FailureException> ReadAsync(AwsWorld world, SandboxAccessKey? key = null)
    {
        var failure = await Assert.ThrowsAsync<FailureException>(() => world.Open(key ?? AwsWorld.Key).ReadAsync(CancellationToken.None));
        Assert.NotNull(failure);
        return failure;
    }
}
