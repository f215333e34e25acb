using Ccaas.Sandbox;

namespace Ccaas.Action.Tests.SecretStores.AzureKeyVault;

/// <summary>Each way to prove to the directory who the step is, and which of them is taken.</summary>
public sealed class EntraCredentialTests : IDisposable
{
    private const string Bearer = "the-bearer-of-this-job";

    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public async Task Client_secret_authenticates_the_application()
    {
        await using var vault = await Vault.WithSecretAsync();

        await vault.WriteAsync();

        var form = vault.Sandbox.Requests[0].Body;
        Assert.Equal(
            $"grant_type=client_credentials&client_id={Vault.ClientId}&scope=https%3A%2F%2Fvault.azure.net%2F.default&client_secret=s3cr3t%2Bof+the~build", form);
        Assert.Equal([Vault.ClientSecret], vault.Plan().Secrets.Select(secret => secret.Reveal()));
    }

    [Fact]
    public async Task Token_file_is_read_when_it_is_needed()
    {
        await using var vault = await Vault.StartAsync();
        vault.Application();
        vault.Variables["AZURE_FEDERATED_TOKEN_FILE"] = _file;
        var plan = vault.Plan();
        var token = Vault.JobToken();
        await File.WriteAllTextAsync(_file, $"{token}\n");

        await plan.Open(vault.Line.Connection).WriteAsync("sealed-text", Vault.Expiry, CancellationToken.None);

        Assert.Equal("sealed-text", vault.Value);
        Assert.Contains($"client_assertion={token}", vault.Sandbox.Requests[0].Body, StringComparison.Ordinal);
        Assert.Contains("client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer",
            vault.Sandbox.Requests[0].Body, StringComparison.Ordinal);
        Assert.Contains(token, vault.Line.Masks);
        Assert.Empty(plan.Secrets);
    }

    [Theory]
    [InlineData(false, "cannot be read")]
    [InlineData(true, "holds no token")]
    public async Task Token_file_that_holds_none_is_a_failure(bool exists, string message)
    {
        await using var vault = await Vault.StartAsync();
        vault.Application();
        vault.Variables["AZURE_FEDERATED_TOKEN_FILE"] = exists ? _file : $"{_file}.gone";

        var failure = await vault.ReadFailureAsync();

        Assert.Equal("the-store-failed", failure.Topic);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.Empty(vault.Sandbox.Requests);
    }

    [Fact]
    public async Task Identity_of_the_job_is_asked_for_and_exchanged()
    {
        await using var vault = await WithJobIdentityAsync();
        var token = Vault.JobToken();
        vault.Sandbox.Faults.Enqueue("/oidc", Fault.Body($$"""{"value":"{{token}}","count":1}"""));

        await vault.WriteAsync();

        var asked = vault.Sandbox.Requests[0];
        Assert.Equal(("GET", "/oidc/token", "api-version=2.0&audience=api%3A%2F%2FAzureADTokenExchange"),
            (asked.Method, asked.Path, asked.Query));
        Assert.Equal($"Bearer {Bearer}", asked.Header("Authorization"));
        Assert.Contains($"client_assertion={token}", vault.Sandbox.Requests[1].Body, StringComparison.Ordinal);
        Assert.Contains(token, vault.Line.Masks);
        Assert.Equal([Bearer], vault.Plan().Secrets.Select(secret => secret.Reveal()));
    }

    [Fact]
    public async Task Service_connection_is_asked_for_and_exchanged()
    {
        await using var vault = await WithServiceConnectionAsync();
        var token = Vault.JobToken();
        vault.Sandbox.Faults.Enqueue("/oidc", Fault.Body($$"""{"oidcToken":"{{token}}"}"""));

        await vault.WriteAsync();

        var asked = vault.Sandbox.Requests[0];
        Assert.Equal(("POST", "/oidc/pipeline", "api-version=7.1&serviceConnectionId=c0nn%20id"), (asked.Method, asked.Path, asked.Query));
        Assert.Equal(($"Bearer {Bearer}", "application/json", ""),
            (asked.Header("Authorization"), asked.Header("Content-Type"), asked.Body));
        Assert.Contains(token, vault.Line.Masks);
        Assert.Equal([Bearer], vault.Plan().Secrets.Select(secret => secret.Reveal()));
    }

    [Theory]
    [InlineData(403, "the-store-refused", "with 403 Forbidden", "id-token: write")]
    [InlineData(401, "the-store-refused", "with 401 Unauthorized", "id-token: write")]
    [InlineData(302, "the-store-failed", "with 302 Found", "id-token: write")]
    [InlineData(200, "the-store-failed", "without a token", "id-token: write")]
    public async Task Job_without_an_identity_is_told_how_to_get_one(int status, string topic, string message, string remedy)
    {
        await using var vault = await WithJobIdentityAsync();
        vault.Sandbox.Faults.Enqueue("/oidc", Fault.Status(status, """{"value":"two\nlines"}"""));

        var failure = await vault.ReadFailureAsync();

        Assert.Equal(topic, failure.Topic);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, failure.Remedy, StringComparison.Ordinal);
        Assert.Single(vault.Sandbox.Requests);
    }

    [Fact]
    public async Task Token_of_the_directory_is_masked()
    {
        await using var vault = await Vault.WithSecretAsync();

        await vault.WriteAsync();

        var authorization = vault.Sandbox.Requests[^1].Header("Authorization")!;
        Assert.Contains(authorization["Bearer ".Length..], vault.Line.Masks);
        Assert.DoesNotContain(vault.Line.Log.Lines, line => line.Contains(authorization["Bearer ".Length..], StringComparison.Ordinal));
    }

    /// <summary>All of them are there; then the first is taken away, and so on.</summary>
    [Fact]
    public async Task First_of_the_credentials_that_is_there_is_taken()
    {
        await using var vault = await Vault.WithSecretAsync();
        await File.WriteAllTextAsync(_file, Vault.JobToken());
        vault.Variables["AZURE_FEDERATED_TOKEN_FILE"] = _file;
        OfferServiceConnection(vault);
        OfferAppService(vault);
        vault.Identity = new CiIdTokenEndpoint(new Uri(vault.At("/oidc/token")), new Secret(Bearer));
        string[] order = ["", "AZURE_CLIENT_SECRET", "AZURE_FEDERATED_TOKEN_FILE", "the job's", "SYSTEM_OIDCREQUESTURI", "IDENTITY_HEADER"];
        var taken = new List<string>();

        foreach (var gone in order)
        {
            // Empty is what CI systems make of a secret that is not there.
            vault.Variables[gone] = " ";
            vault.Identity = gone == "the job's" ? null : vault.Identity;
            vault.Sandbox.ClearRequests();
            vault.Sandbox.Faults.Clear();
            vault.Sandbox.Faults.Enqueue("/oidc", Fault.Status(403));
            vault.Sandbox.Faults.Enqueue("/msi", Fault.Status(403));
            // What it is answered is of no interest here.
            _ = await Record.ExceptionAsync(() => vault.Open().ReadAsync(CancellationToken.None));
            var first = vault.Sandbox.Requests[0];
            taken.Add(first.Body.Contains("client_secret", StringComparison.Ordinal)
                ? "secret" : first.Body.Contains("client_assertion", StringComparison.Ordinal) ? "file"
                : first.Path);
        }

        Assert.Equal(["secret", "file", "/oidc/token", "/oidc/pipeline", "/msi/token", "/metadata/identity/oauth2/token"], taken);
    }

    [Theory]
    [InlineData("AZURE_AUTHORITY_HOST", "http://login.example.com", "is plain http")]
    [InlineData("AZURE_AUTHORITY_HOST", "login.example.com", "is not an address")]
    [InlineData("AZURE_CLIENT_SECRET", "$(AZURE_CLIENT_SECRET)", "is a reference that nothing has filled in")]
    [InlineData("AZURE_CLIENT_SECRET", "***", "is asterisks")]
    public async Task Credentials_that_must_not_be_used_are_neither_used_nor_passed_over(string variable, string value, string problem)
    {
        await using var vault = await Vault.WithSecretAsync();
        vault.Variables[variable] = value;

        await AssertUnusableAsync(vault, variable, problem);
    }

    [Theory]
    [InlineData("SYSTEM_OIDCREQUESTURI")]
    [InlineData("IDENTITY_ENDPOINT")]
    [InlineData("AZURE_POD_IDENTITY_AUTHORITY_HOST")]
    public async Task Address_that_no_credentials_may_be_sent_to_is_not_asked(string variable)
    {
        await using var vault = await Vault.StartAsync();
        if (variable == "SYSTEM_OIDCREQUESTURI")
        {
            OfferServiceConnection(vault);
        }
        else if (variable == "IDENTITY_ENDPOINT")
        {
            OfferAppService(vault);
        }

        vault.Variables[variable] = "http://192.0.2.1/token";

        await AssertUnusableAsync(vault, variable, "is plain http");
    }

    [Fact]
    public async Task Identity_of_the_job_over_plain_http_is_not_asked_for()
    {
        await using var vault = await WithJobIdentityAsync();
        vault.Identity = new CiIdTokenEndpoint(new Uri("http://192.0.2.1/token"), new Secret(Bearer));

        await AssertUnusableAsync(vault, "The address of the job's identity", "is plain http");
    }

    public void Dispose() => File.Delete(_file);

    private static async Task AssertUnusableAsync(Vault vault, string source, string problem)
    {
        var failure = await vault.ReadFailureAsync();

        Assert.Equal("the-store-failed", failure.Topic);
        Assert.Contains($"cannot be used: {source} {problem}", failure.Message, StringComparison.Ordinal);
        Assert.Empty(vault.Sandbox.Requests);
    }

    private static async Task<Vault> WithJobIdentityAsync()
    {
        var vault = await Vault.StartAsync();
        vault.Application();
        vault.Identity = new CiIdTokenEndpoint(new Uri(vault.At("/oidc/token?api-version=2.0")), new Secret(Bearer));
        return vault;
    }

    private static async Task<Vault> WithServiceConnectionAsync()
    {
        var vault = await Vault.StartAsync();
        OfferServiceConnection(vault);
        return vault;
    }

    private static void OfferServiceConnection(Vault vault)
    {
        vault.Variables["AZURESUBSCRIPTION_TENANT_ID"] = Vault.Tenant;
        vault.Variables["AZURESUBSCRIPTION_CLIENT_ID"] = Vault.ClientId;
        vault.Variables["AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"] = "c0nn id";
        vault.Variables["SYSTEM_OIDCREQUESTURI"] = vault.At("/oidc/pipeline");
        vault.Variables["SYSTEM_ACCESSTOKEN"] = Bearer;
    }

    private static void OfferAppService(Vault vault)
    {
        vault.Variables["IDENTITY_ENDPOINT"] = vault.At("/msi/token");
        vault.Variables["IDENTITY_HEADER"] = "the-header-of-this-app";
    }
}
