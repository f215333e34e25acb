namespace Ccaas.Action.Tests.SecretStores;

/// <summary>What stores may read of a job's environment, which an earlier step can set.</summary>
public sealed class StoreVariablesTests
{
    [Theory]
    [InlineData("AZURE_AUTHORITY_HOST", "https://evil.example.test")]
    [InlineData("AZURE_POD_IDENTITY_AUTHORITY_HOST", "https://evil.example.test")]
    [InlineData("IDENTITY_ENDPOINT", "https://evil.example.test")]
    [InlineData("IDENTITY_ENDPOINT", "http://127.0.0.1:41741/msi/token")]
    [InlineData("AWS_ENDPOINT_URL", "https://evil.example.test")]
    [InlineData("AWS_ENDPOINT_URL_STS", "https://evil.example.test")]
    [InlineData("AWS_ENDPOINT_URL_SECRETS_MANAGER", "https://evil.example.test")]
    [InlineData("AWS_EC2_METADATA_SERVICE_ENDPOINT", "https://evil.example.test")]
    [InlineData("AWS_CONTAINER_CREDENTIALS_FULL_URI", "https://evil.example.test/keys")]
    [InlineData("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1/keys")]
    [InlineData("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://169.254.170.23@evil.example.test/keys")]
    [InlineData("SYSTEM_OIDCREQUESTURI", "https://evil.example.test/oidc")]
    [InlineData("SYSTEM_OIDCREQUESTURI", "https://dev.azure.com.evil.example.test/oidc")]
    [InlineData("SYSTEM_OIDCREQUESTURI", "https://evildev.azure.com/oidc")]
    [InlineData("SYSTEM_OIDCREQUESTURI", "https://dev.azure.com@evil.example.test/oidc")]
    [InlineData("SYSTEM_OIDCREQUESTURI", "http://dev.azure.com/oidc")]
    public void Host_that_a_variable_names_does_not_count(string name, string value) => Assert.Null(OfJob(name, value));

    [Theory]
    [InlineData("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://169.254.170.23/v1/credentials")]
    [InlineData("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/credentials")]
    [InlineData("SYSTEM_OIDCREQUESTURI", "https://dev.azure.com/contoso/oidctoken")]
    [InlineData("SYSTEM_OIDCREQUESTURI", "https://contoso.visualstudio.com/oidctoken")]
    [InlineData("AZURE_TENANT_ID", "contoso.example.test")]
    [InlineData("AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/nightly")]
    public void What_the_vendors_own_hosts_are_told_counts(string name, string value) => Assert.Equal(value, OfJob(name, value));

    private static string? OfJob(string name, string value) =>
        StoreVariables.OfJob(new ProcessEnvironment(new Dictionary<string, string> { [name] = value }, TextReader.Null, TextWriter.Null,
            TextWriter.Null)).Variable(name);
}
