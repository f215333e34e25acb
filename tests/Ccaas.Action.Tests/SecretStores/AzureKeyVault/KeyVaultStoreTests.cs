using Ccaas.Sandbox;
using Ccaas.Sandbox.KeyVault;

namespace Ccaas.Action.Tests.SecretStores.AzureKeyVault;

public sealed class KeyVaultStoreTests
{
    [Fact]
    public async Task Text_that_was_written_is_read()
    {
        await using var vault = await Vault.WithSecretAsync();
        await vault.WriteAsync("first");
        await vault.WriteAsync("sealed \"text\" & more");

        Assert.Equal("sealed \"text\" & more", await ReadAsync(vault.Open()));
        Assert.All(vault.Sandbox.Requests, request => Assert.True(request.Known, request.ToString()));
    }

    [Fact]
    public async Task Secret_is_written_with_its_expiry_and_content_type()
    {
        await using var vault = await Vault.WithSecretAsync();

        await vault.WriteAsync("sealed-text");

        var version = vault.Sandbox.Secrets.KeyVault.Find(Vault.Name)!.Current!;
        Assert.Equal(("sealed-text", Vault.Expiry, "application/jose"), (version.Value, version.ExpiresAt, version.ContentType));
    }

    [Fact]
    public async Task Secret_that_is_not_there_is_no_failure()
    {
        await using var vault = await Vault.WithSecretAsync();

        Assert.Null(await ReadAsync(vault.Open()));
    }

    [Fact]
    public async Task Deleted_secret_is_read_as_none()
    {
        await using var vault = await Vault.WithSecretAsync();
        await vault.WriteAsync();
        await DeleteAsync(vault);

        Assert.Null(await ReadAsync(vault.Open()));
    }

    [Fact]
    public async Task Deleted_secret_is_not_written_and_how_to_have_it_back_is_said()
    {
        await using var vault = await Vault.WithSecretAsync();
        await vault.WriteAsync();
        await DeleteAsync(vault);

        var failure = await vault.WriteFailureAsync();

        Assert.Equal("the-secret-was-deleted", failure.Topic);
        Assert.Contains($"az keyvault secret recover --vault-name {vault.Sandbox.HttpAddress.Authority} --name ci-token", failure.Remedy,
            StringComparison.Ordinal);
        Assert.Contains("az keyvault secret purge", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_without_a_value_counts_as_none()
    {
        await using var vault = await Vault.WithSecretAsync();
        await vault.WriteAsync("");

        Assert.Null(await ReadAsync(vault.Open()));
    }

    [Fact]
    public async Task Longest_text_is_written_and_a_longer_one_is_not_sent()
    {
        await using var vault = await Vault.WithSecretAsync();
        var longest = new string('x', KeyVaultStore.LongestValue);
        await vault.WriteAsync(longest);
        vault.Sandbox.ClearRequests();

        var failure = await Assert.ThrowsAsync<FailureException>(
            () => vault.Open().WriteAsync(longest + 'x', Vault.Expiry, CancellationToken.None));

        Assert.Equal("the-store-failed", failure?.Topic);
        Assert.Contains("25601 characters", failure!.Message, StringComparison.Ordinal);
        Assert.Empty(vault.Sandbox.Requests);
        Assert.Equal(longest, vault.Value);
    }

    [Fact]
    public async Task Token_of_the_directory_is_requested_once_for_all_that_a_store_does()
    {
        await using var vault = await Vault.WithSecretAsync();
        var store = vault.Open();

        Assert.Null(await ReadAsync(store));
        await store.WriteAsync("sealed-text", Vault.Expiry, CancellationToken.None);
        Assert.Equal("sealed-text", await ReadAsync(store));

        Assert.Equal(
            [$"POST {vault.TokenPath} 200", "GET /secrets/ci-token 404", "PUT /secrets/ci-token 200", "GET /secrets/ci-token 200"],
            vault.Asked);
    }

    [Fact]
    public async Task Throttled_request_is_tried_again_whole()
    {
        await using var vault = await Vault.WithSecretAsync();
        vault.Sandbox.Faults.Enqueue("/secrets/", Fault.KeyVaultError(429, "Throttled", "Slow down.", retryAfter: TimeSpan.Zero));

        await vault.WriteAsync("sealed-text");

        Assert.Equal("sealed-text", vault.Value);
        Assert.Equal([429, 200], vault.Sandbox.Requests.Where(request => request.Method == "PUT").Select(request => request.Status));
    }

    [Fact]
    public async Task Network_failure_is_passed_on()
    {
        await using var vault = await Vault.WithSecretAsync();
        vault.Sandbox.Faults.Enqueue("/secrets/", Fault.Reset);
        vault.Sandbox.Faults.Enqueue("/secrets/", Fault.Reset);

        Assert.Equal("no-connection", (await vault.ReadFailureAsync()).Topic);
        Assert.Equal(StoreConnection.MaxAttempts,
            vault.Sandbox.Requests.Count(request => request.Path.StartsWith("/secrets/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Canceled_job_ends_the_read()
    {
        await using var vault = await Vault.WithSecretAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => vault.Open().ReadAsync(cancelled.Token));
    }

    private static Task<string?> ReadAsync(ISecretStore store) => store.ReadAsync(CancellationToken.None);

    private static async Task DeleteAsync(Vault vault)
    {
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Delete, vault.At("/secrets/ci-token?api-version=7.4"));
        request.Headers.TryAddWithoutValidation("Authorization", vault.Sandbox.Requests[^1].Header("Authorization"));
        using var response = await http.SendAsync(request, CancellationToken.None);
        response.EnsureSuccessStatusCode();
    }
}
