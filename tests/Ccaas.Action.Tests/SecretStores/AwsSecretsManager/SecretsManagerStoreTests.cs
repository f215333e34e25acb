using Ccaas.Sandbox;
using Ccaas.Sandbox.SecretsManager;

namespace Ccaas.Action.Tests.SecretStores.AwsSecretsManager;

/// <summary>A text goes into the secret and comes back, whoever else writes it.</summary>
public sealed class SecretsManagerStoreTests
{
    private const string Get = "secretsmanager.GetSecretValue";
    private const string Put = "secretsmanager.PutSecretValue";
    private const string Create = "secretsmanager.CreateSecret";

    private static readonly DateTimeOffset Soon = TimeProvider.System.GetUtcNow().AddHours(1);

    [Fact]
    public async Task First_write_creates_the_secret()
    {
        await using var world = await AwsWorld.StartAsync();

        await world.Open(AwsWorld.Key).WriteAsync("one", Soon, CancellationToken.None);

        Assert.Equal([$"{Put} -> 400", $"{Create} -> 200"], world.Asked);
        var secret = world.Sandbox.Secrets.SecretsManager.Find(AwsWorld.Name)!;
        Assert.Equal(("one", "ccaas-token-action"), (secret.Current!.Value, secret.Tags["created-by"]));
        Assert.Contains("ccaas-token", secret.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Second_write_puts_another_value()
    {
        await using var world = await AwsWorld.StartAsync();
        var store = world.Open(AwsWorld.Key);
        await store.WriteAsync("one", Soon, CancellationToken.None);
        world.Sandbox.ClearRequests();

        await store.WriteAsync("two", Soon, CancellationToken.None);

        Assert.Equal([$"{Put} -> 200"], world.Asked);
        Assert.Equal("two", world.Sandbox.Secrets.SecretsManager.Value(AwsWorld.Name));
    }

    [Fact]
    public async Task What_one_machine_writes_another_one_reads()
    {
        await using var world = await AwsWorld.StartAsync();
        foreach (var text in new[] { "one", "täxt \"with\" everything – 🔑 \\ </>" })
        {
            await world.Open(AwsWorld.Key).WriteAsync(text, Soon, CancellationToken.None);

            Assert.Equal(text, await ReadAsync(world.Open(AwsWorld.Reader)));
        }
    }

    [Fact]
    public async Task Secret_that_is_not_there_reads_as_nothing()
    {
        await using var world = await AwsWorld.StartAsync();

        Assert.Null(await ReadAsync(world.Open(AwsWorld.Key)));
        Assert.Equal([$"{Get} -> 400"], world.Asked);
    }

    [Fact]
    public async Task Secret_without_a_value_reads_as_nothing_and_takes_one()
    {
        await using var world = await AwsWorld.StartAsync();
        await world.DoAsync("CreateSecret", new JsonText().Add("Name", AwsWorld.Name));
        var store = world.Open(AwsWorld.Writer);

        Assert.Null(await ReadAsync(store));
        await store.WriteAsync("one", Soon, CancellationToken.None);

        Assert.Equal("one", await ReadAsync(store));
    }

    /// <summary>The moment between two requests, held still: the one says that there is no secret, and before the other there is.</summary>
    [Fact]
    public async Task Machine_that_creates_too_late_puts_its_value()
    {
        await using var world = await AwsWorld.StartAsync();
        await world.Open(AwsWorld.Key).WriteAsync("of the faster one", Soon, CancellationToken.None);
        world.Sandbox.ClearRequests();
        world.Sandbox.Faults.Enqueue(Fault.SecretsManagerError(400, "ResourceNotFoundException",
            "Secrets Manager can't find the specified secret."));

        await world.Open(AwsWorld.Key).WriteAsync("of the slower one", Soon, CancellationToken.None);

        Assert.Equal([$"{Put} -> 400", $"{Create} -> 400", $"{Put} -> 200"], world.Asked);
        Assert.Equal("of the slower one", world.Sandbox.Secrets.SecretsManager.Value(AwsWorld.Name));
    }

    [Fact]
    public async Task Machines_that_create_at_once_all_succeed()
    {
        await using var world = await AwsWorld.StartAsync();
        var texts = Enumerable.Range(0, 12).Select(i => $"of machine {i}").ToList();

        await Task.WhenAll(texts.Select(text => world.Open(AwsWorld.Key).WriteAsync(text, Soon, CancellationToken.None)));

        Assert.Contains(world.Sandbox.Secrets.SecretsManager.Value(AwsWorld.Name), texts);
        Assert.Single(world.Asked, asked => asked == $"{Create} -> 200");
        Assert.Equal(12, world.Sandbox.Secrets.SecretsManager.Find(AwsWorld.Name)!.Versions.Count);
    }

    [Fact]
    public async Task Value_that_was_written_before_the_response_was_lost_is_written_once()
    {
        await using var world = await AwsWorld.StartAsync();
        var store = world.Open(AwsWorld.Key);
        await store.WriteAsync("one", Soon, CancellationToken.None);
        world.Sandbox.Faults.Enqueue(Fault.Truncated);

        await store.WriteAsync("two", Soon, CancellationToken.None);

        Assert.Equal(2, world.Sandbox.Secrets.SecretsManager.Find(AwsWorld.Name)!.Versions.Count);
    }

    [Fact]
    public async Task Principal_that_may_only_read_reads_and_is_refused_to_write()
    {
        await using var world = await AwsWorld.StartAsync();
        await world.Open(AwsWorld.Key).WriteAsync("one", Soon, CancellationToken.None);
        var store = world.Open(AwsWorld.Reader);

        var failure = await Assert.ThrowsAsync<FailureException>(() => store.WriteAsync("two", Soon, CancellationToken.None));

        Assert.Equal("one", await ReadAsync(store));
        Assert.Equal("The store refused", failure!.Title);
        Assert.Contains("secretsmanager:PutSecretValue", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Principal_that_may_not_create_is_told_which_permissions_that_takes()
    {
        await using var world = await AwsWorld.StartAsync();

        var failure = await Assert.ThrowsAsync<FailureException>(
            () => world.Open(AwsWorld.Writer).WriteAsync("one", Soon, CancellationToken.None));

        Assert.Equal("The store refused", failure!.Title);
        Assert.Contains("secretsmanager:CreateSecret, and secretsmanager:TagResource", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Binary_secret_is_somebody_elses()
    {
        await using var world = await AwsWorld.StartAsync();
        await world.DoAsync("CreateSecret", new JsonText().Add("Name", AwsWorld.Name).Add("ClientRequestToken", $"{Guid.NewGuid()}")
            .Add("SecretBinary", "AAEC"));

        var failure = await Assert.ThrowsAsync<FailureException>(() => world.Open(AwsWorld.Key).ReadAsync(CancellationToken.None));

        Assert.Equal("The store failed", failure!.Title);
        Assert.Contains("binary", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_marked_for_deletion_is_told_with_the_way_back()
    {
        await using var world = await AwsWorld.StartAsync();
        var store = world.Open(AwsWorld.Key);
        await store.WriteAsync("one", Soon, CancellationToken.None);
        await world.DoAsync("DeleteSecret", new JsonText().Add("SecretId", AwsWorld.Name));

        foreach (var failure in new[] { await Assert.ThrowsAsync<FailureException>(() => store.ReadAsync(CancellationToken.None)),
            await Assert.ThrowsAsync<FailureException>(() => store.WriteAsync("two", Soon, CancellationToken.None)) })
        {
            Assert.Equal(("The secret was deleted", ExitCode.Reuse), (failure!.Title, failure.ExitCode));
            Assert.Contains($"aws secretsmanager restore-secret --region eu-central-1 --secret-id {AwsWorld.Name}", failure.Remedy,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Canceled_job_is_no_failure()
    {
        await using var world = await AwsWorld.StartAsync();
        world.Sandbox.Faults.Enqueue(Fault.Hang);
        using var job = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.Open(AwsWorld.Key).ReadAsync(job.Token));
    }

    private static Task<string?> ReadAsync(ISecretStore store) => store.ReadAsync(CancellationToken.None);
}
