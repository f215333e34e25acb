using Ccaas.Sandbox;

namespace Ccaas.Action.Tests.SecretStores.AzureKeyVault;

public sealed class EntraErrorsTests
{
    [Theory]
    [InlineData("AZURE_CLIENT_SECRET", "yesterdays-secret", "AADSTS7000215: ", "create a new secret")]
    [InlineData("AZURE_CLIENT_ID", "nobody", "AADSTS700016: ", "check the client id (AZURE_CLIENT_ID")]
    [InlineData("AZURE_TENANT_ID", "another-tenant", "AADSTS90002: ", "check the tenant's id (AZURE_TENANT_ID)")]
    public async Task Wrong_part_of_the_credentials_is_named(string variable, string value, string said, string remedy)
    {
        await using var vault = await Vault.WithSecretAsync();
        vault.Variables[variable] = value;

        AssertIs(await vault.ReadFailureAsync(), "the-store-refused", said, remedy);
        Assert.Single(vault.Sandbox.Requests);
    }

    [Fact]
    public async Task Federated_credential_that_is_missing_is_described()
    {
        var file = Path.GetTempFileName();
        await using var vault = await Vault.StartAsync();
        vault.Application();
        vault.Variables["AZURE_FEDERATED_TOKEN_FILE"] = file;
        var token = Vault.JobToken(subject: "repo:example/other:ref:refs/heads/main");
        await File.WriteAllTextAsync(file, token);

        var failure = await vault.ReadFailureAsync();
        File.Delete(file);

        AssertIs(failure, "the-store-refused", "AADSTS700213: ",
            "issuer 'https://ci.example.test', subject 'repo:example/other:ref:refs/heads/main', audience 'api://AzureADTokenExchange'");
        Assert.DoesNotContain(failure.Lines(), line => token.Split('.').Any(part => line.Contains(part, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(400, "invalid_request", "AADSTS70021: No matching federated identity record found.", "no federated credential")]
    [InlineData(401, "invalid_client", "AADSTS7000222: The provided client secret keys are expired.", "the client secret has expired")]
    [InlineData(401, "invalid_client", "AADSTS700024: Client assertion is not within its valid time range.", "a clock is wrong")]
    [InlineData(400, "invalid_resource", "AADSTS500011: The resource principal was not found.", "does not know the Key Vaults")]
    [InlineData(400, "invalid_request", "AADSTS53003: Blocked by Conditional Access.", "does not accept these credentials")]
    [InlineData(400, "invalid_grant", "Something without a number.", "does not accept these credentials")]
    public async Task Code_of_the_directory_tells_the_cause(int status, string error, string description, string cause)
    {
        await using var vault = await Vault.WithSecretAsync();
        vault.Sandbox.Faults.Enqueue(vault.TokenPath, Fault.Status(status, $$"""{"error":"{{error}}","error_description":"{{description}} Trace ID: 1"}"""));

        var failure = await vault.ReadFailureAsync();

        AssertIs(failure, "the-store-refused", description, "");
        Assert.Contains(cause, failure.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429, "the-store-is-throttled", 2)]
    [InlineData(503, "the-store-failed", 2)]
    [InlineData(404, "the-store-failed", 1)]
    [InlineData(302, "the-store-failed", 1)]
    public async Task Response_that_is_not_a_directorys_is_a_failure(int status, string topic, int tries)
    {
        await using var vault = await Vault.WithSecretAsync();
        vault.Sandbox.Faults.Enqueue(vault.TokenPath, Fault.Status(status));
        vault.Sandbox.Faults.Enqueue(vault.TokenPath, Fault.Status(status));

        AssertIs(await vault.ReadFailureAsync(), topic, $"responded to the request for a token with {status} ", "");
        Assert.Equal(tries, vault.Sandbox.Requests.Count);
    }

    [Fact]
    public async Task Failure_to_get_a_token_is_not_cached()
    {
        await using var vault = await Vault.WithSecretAsync();
        vault.Sandbox.Faults.Enqueue(vault.TokenPath, Fault.Status(404));
        var store = vault.Open();

        await Assert.ThrowsAsync<FailureException>(() => store.ReadAsync(CancellationToken.None));
        await store.ReadAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Secret_that_the_directory_repeats_is_redacted()
    {
        await using var vault = await Vault.WithSecretAsync();
        foreach (var secret in vault.Plan().Secrets)
        {
            vault.Line.Connection.Masker.Mask(secret);
        }

        vault.Sandbox.Faults.Enqueue(vault.TokenPath, Fault.Status(401, $$"""{"error":"invalid_client","error_description":"AADSTS7000215: Not {{Vault.ClientSecret}}."}"""));

        AssertIs(await vault.ReadFailureAsync(), "the-store-refused", "AADSTS7000215: Not ***.", "create a new secret");
    }

    private static void AssertIs(FailureException failure, string topic, string message, string remedy)
    {
        Assert.Equal((ExitCode.Reuse, topic), (failure.ExitCode, failure.Topic));
        Assert.StartsWith("The secret ci-token of the Key Vault 127.0.0.1:", failure.Message, StringComparison.Ordinal);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, failure.Remedy, StringComparison.Ordinal);
    }
}
