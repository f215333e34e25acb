using Ccaas.Sandbox;
using Ccaas.Sandbox.KeyVault;

namespace Ccaas.Action.Tests.SecretStores.AzureKeyVault;

public sealed class KeyVaultErrorsTests
{
    [Fact]
    public async Task Reader_may_not_write_and_the_role_is_named()
    {
        await using var vault = await Vault.WithSecretAsync(SandboxSecretAccess.Read);

        var failure = await vault.WriteFailureAsync();

        AssertRefused(failure, "cannot be written: 127.0.0.1 responded with 403 Forbidden: AccessDenied, ",
            "assign the role Key Vault Secrets Officer ");
        Assert.Contains("the secret permission set.", failure.Remedy, StringComparison.Ordinal);
        await vault.Open().ReadAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Stranger_may_not_read_and_the_role_is_named()
    {
        await using var vault = await Vault.WithSecretAsync(SandboxSecretAccess.None);

        var failure = await vault.ReadFailureAsync();

        AssertRefused(failure, "cannot be read: 127.0.0.1 responded with 403 Forbidden: AccessDenied, ",
            "assign the role Key Vault Secrets User ");
        Assert.Contains("the secret permission get.", failure.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ForbiddenByRbac", "the role Key Vault Secrets User")]
    [InlineData("ForbiddenByPolicy", "the role Key Vault Secrets User")]
    [InlineData(null, "the role Key Vault Secrets User")]
    [InlineData("ForbiddenByFirewall", "in the vault's firewall")]
    [InlineData("ForbiddenByConnection", "in the vault's firewall")]
    [InlineData("SecretDisabled", "az keyvault secret set-attributes")]
    public async Task Code_within_the_error_tells_what_to_do(string? inner, string remedy) => AssertRefused(
        await ReadAsync(Fault.KeyVaultError(403, "Forbidden", "Not you.", inner)), $"with 403 Forbidden: {inner ?? "Forbidden"}, Not you.",
            remedy);

    [Fact]
    public async Task Token_of_another_tenant_is_refused() => AssertRefused(
        await ReadAsync(Fault.KeyVaultError(401, "Unauthorized", "AKV10032: Invalid issuer.")),
            "with 401 Unauthorized: Unauthorized, AKV10032: Invalid issuer.", "the tenant is the vault's own");

    [Theory]
    [InlineData("ObjectIsDeletedButRecoverable", "the-secret-was-deleted", "az keyvault secret recover")]
    [InlineData("ObjectIsBeingDeleted", "the-secret-was-deleted", "again in a minute")]
    [InlineData("ObjectIsBeingRecovered", "the-secret-was-deleted", "again in a minute")]
    [InlineData("AnotherConflict", "the-store-failed", "the next job writes it")]
    [InlineData(null, "the-store-failed", "the next job writes it")]
    public async Task Conflict_is_told_from_a_deleted_secret(string? inner, string topic, string remedy)
    {
        await using var vault = await Vault.WithSecretAsync();
        vault.Sandbox.Faults.Enqueue("/secrets/", Fault.KeyVaultError(409, "Conflict", "Not now.", inner));

        AssertIs(await vault.WriteFailureAsync(), topic, "409 Conflict", remedy);
        Assert.Single(vault.Sandbox.Requests, request => request.Method == "PUT");
    }

    [Fact]
    public async Task Vault_that_stays_throttled_is_asked_twice()
    {
        await using var vault = await Vault.WithSecretAsync();
        for (var i = 0; i < 3; i++)
        {
            vault.Sandbox.Faults.Enqueue("/secrets/", Fault.KeyVaultError(429, "Throttled", "Slow down."));
        }

        AssertIs(await vault.ReadFailureAsync(), "the-store-is-throttled", "429 Too Many Requests: Throttled, Slow down.",
            "spread the jobs");
        Assert.Equal(1, vault.Sandbox.Faults.Count);
    }

    [Fact]
    public async Task Vault_that_stays_down_failed()
    {
        await using var vault = await Vault.WithSecretAsync();
        vault.Sandbox.Faults.Enqueue("/secrets/", Fault.Status(503));
        vault.Sandbox.Faults.Enqueue("/secrets/", Fault.Status(503));

        AssertIs(await vault.ReadFailureAsync(), "the-store-failed", "503 Service Unavailable.", "status page");
        Assert.Equal(0, vault.Sandbox.Faults.Count);
    }

    [Theory]
    [InlineData("<html>secret-of-the-page</html>", "text/html", "(text/html, 31 bytes)")]
    [InlineData("""{"value":7,"x":"secret-of-the-page"}""", "application/json", "(application/json, 36 bytes)")]
    [InlineData("""{"id":"secret-of-the-page"}""", "application/json", "holds no secret")]
    [InlineData("""["secret-of-the-page"]""", "application/json", "holds no secret")]
    [InlineData("", "application/json", "(application/json, 0 bytes)")]
    public async Task Response_without_a_value_is_a_failure_and_is_not_quoted(string body, string type, string message)
    {
        var failure = await ReadAsync(Fault.Body(body, type));

        AssertIs(failure, "the-store-failed", message, "check the vault's name");
        Assert.DoesNotContain(failure.Lines(), line => line.Contains("secret-of-the-page", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Endless_response_is_cut_off() =>
        Assert.Equal("the-response-is-invalid", (await ReadAsync(Fault.Huge(2_000_000))).Topic);

    [Theory]
    [InlineData(404, "check the vault's name")]
    [InlineData(302, "check the vault's name")]
    [InlineData(400, "check the address in cache")]
    public async Task Page_that_is_not_the_vaults_is_no_missing_secret(int status, string remedy) =>
        AssertIs(await ReadAsync(Fault.Status(status, "<html>", "text/html")), "the-store-failed", $"responded with {status} ", remedy);

    [Fact]
    public async Task Text_of_the_vault_can_neither_act_as_a_command_nor_show_a_secret()
    {
        var failure = await ReadAsync(Fault.KeyVaultError(403, "Forbidden", "x\n::error::y ##vso[task.complete]", "::stop-commands::"));

        Assert.DoesNotContain("::", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("##vso[", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    private static async Task<FailureException> ReadAsync(Fault fault)
    {
        await using var vault = await Vault.WithSecretAsync();
        vault.Sandbox.Faults.Enqueue("/secrets/", fault);
        return await vault.ReadFailureAsync();
    }

    private static void AssertRefused(FailureException failure, string message, string remedy) =>
        AssertIs(failure, "the-store-refused", message, remedy);

    private static void AssertIs(FailureException failure, string topic, string message, string remedy)
    {
        Assert.Equal((ExitCode.Reuse, topic), (failure.ExitCode, failure.Topic));
        Assert.StartsWith("The secret ci-token of the Key Vault 127.0.0.1:", failure.Message, StringComparison.Ordinal);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, failure.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("..", string.Concat(failure.Lines()).Replace("…", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
