using System.Net;
using Ccaas.Sandbox;

namespace Ccaas.Action.Tests.SecretStores.AzureKeyVault;

public sealed class ManagedIdentityTests
{
    private const string Path = "/metadata/identity/oauth2/token";
    private const string Resource = "resource=https%3A%2F%2Fvault.azure.net";

    [Fact]
    public async Task Machine_gets_a_token_with_nothing_set()
    {
        await using var vault = await Vault.StartAsync();

        await vault.WriteAsync();

        Assert.Equal([$"GET {Path} 200", "PUT /secrets/ci-token 200"], vault.Asked);
        Assert.Equal(("true", $"api-version=2018-02-01&{Resource}"),
            (vault.Sandbox.Requests[0].Header("Metadata"), vault.Sandbox.Requests[0].Query));
        Assert.Contains(vault.Sandbox.Requests[^1].Header("Authorization")!["Bearer ".Length..], vault.Line.Masks);
        Assert.Empty(vault.Plan().Secrets);
    }

    [Fact]
    public async Task One_of_several_identities_of_a_machine_is_named()
    {
        await using var vault = await Vault.StartAsync();
        vault.Variables["AZURE_CLIENT_ID"] = Vault.Machine;

        await vault.WriteAsync();

        Assert.Equal($"api-version=2018-02-01&{Resource}&client_id={Vault.Machine}", vault.Sandbox.Requests[0].Query);
    }

    [Fact]
    public async Task Machine_without_an_identity_has_no_credentials()
    {
        await using var vault = await Vault.StartAsync(machine: false);

        await AssertNoCredentialsAsync(vault);
        Assert.Equal([$"GET {Path} 400"], vault.Asked);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task Something_else_at_the_address_of_the_service_gives_no_credentials(int status)
    {
        await using var vault = await Vault.StartAsync();
        vault.Sandbox.Faults.Enqueue("/metadata", Fault.Status(status));

        await AssertNoCredentialsAsync(vault);
    }

    [Fact]
    public async Task Nobody_at_the_address_of_the_service_is_not_asked_again()
    {
        await using var vault = await Vault.StartAsync();
        vault.Sandbox.Faults.Enqueue("/metadata", Fault.Reset);

        await AssertNoCredentialsAsync(vault);
        Assert.Single(vault.Sandbox.Requests);
    }

    [Fact]
    public async Task Silence_ends_after_a_second()
    {
        var time = new ManualTimeProvider();
        await using var vault = await Vault.StartAsync(time: time);
        vault.Sandbox.Faults.Enqueue("/metadata", Fault.Hang);

        var read = AssertNoCredentialsAsync(vault);
        await ArrivedAsync(vault);
        time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(read.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));

        // Long before the client itself would give up.
        await read.WaitAsync(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Canceled_job_is_no_silence()
    {
        await using var vault = await Vault.StartAsync(time: new ManualTimeProvider());
        vault.Sandbox.Faults.Enqueue("/metadata", Fault.Hang);
        using var job = new CancellationTokenSource();

        var read = vault.Open().ReadAsync(job.Token);
        await ArrivedAsync(vault);
        await job.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
    }

    [Theory]
    [InlineData(429, "the-store-is-throttled")]
    [InlineData(500, "the-store-failed")]
    public async Task Service_that_fails_is_there(int status, string topic)
    {
        await using var vault = await Vault.StartAsync();
        vault.Sandbox.Faults.Enqueue("/metadata", Fault.Status(status));

        var failure = await vault.ReadFailureAsync();

        Assert.Equal(topic, failure.Topic);
        Assert.Contains($"responded to the request for a token of the managed identity with {status}", failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Response_without_a_token_is_a_failure()
    {
        await using var vault = await Vault.StartAsync();
        vault.Sandbox.Faults.Enqueue("/metadata", Fault.Body("""{"value":"something"}"""));

        var failure = await vault.ReadFailureAsync();

        Assert.Equal("the-store-failed", failure.Topic);
        Assert.EndsWith("responded with success, but its JSON holds no access_token.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task App_service_is_asked_with_its_header()
    {
        await using var vault = await Vault.StartAsync();
        var token = await MachineTokenAsync(vault);
        vault.Variables["IDENTITY_ENDPOINT"] = vault.At("/msi/token");
        vault.Variables["IDENTITY_HEADER"] = "the-header-of-this-app";
        vault.Variables["AZURE_CLIENT_ID"] = Vault.Machine;
        vault.Sandbox.Faults.Enqueue("/msi", Fault.Body($$"""{"access_token":"{{token}}","expires_on":"1900000000","resource":"x","token_type":"Bearer"}"""));

        await vault.WriteAsync();

        var asked = vault.Sandbox.Requests[^2];
        Assert.Equal(("GET", "/msi/token", $"api-version=2019-08-01&{Resource}&client_id={Vault.Machine}"),
            (asked.Method, asked.Path, asked.Query));
        Assert.Equal("the-header-of-this-app", asked.Header("X-IDENTITY-HEADER"));
        Assert.Contains(token, vault.Line.Masks);
        Assert.Equal(["the-header-of-this-app"], vault.Plan().Secrets.Select(secret => secret.Reveal()));
    }

    [Fact]
    public async Task App_service_without_the_identity_refuses()
    {
        await using var vault = await Vault.StartAsync();
        vault.Variables["IDENTITY_ENDPOINT"] = vault.At("/msi/token");
        vault.Variables["IDENTITY_HEADER"] = "the-header-of-this-app";
        vault.Sandbox.Faults.Enqueue("/msi", Fault.Status(400, """{"error":{"code":"invalid_request","message":"No identity the-header-of-this-app."}}"""));
        foreach (var secret in vault.Plan().Secrets)
        {
            vault.Line.Connection.Masker.Mask(secret);
        }

        var failure = await vault.ReadFailureAsync();

        Assert.Equal("the-store-refused", failure.Topic);
        Assert.EndsWith("with 400 Bad Request: No identity ***.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("AZURE_CLIENT_ID", failure.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://169.254.169.254", true)]
    [InlineData("http://169.254.42.1:8080/", true)]
    [InlineData("http://127.0.0.1:50342", true)]
    [InlineData("https://identity.example.com", true)]
    [InlineData("http://identity.example.com", false)]
    [InlineData("http://169.255.169.254", false)]
    [InlineData("http://169.254.169.254.example.com", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("ftp://169.254.169.254", false)]
    public void Plain_http_goes_no_further_than_the_link(string host, bool accepted)
    {
        Assert.Equal(accepted, MachineIdentity.Check(host, out var address) is null);
        Assert.Equal(accepted, address is not null);
    }

    private static async Task AssertNoCredentialsAsync(Vault vault)
    {
        var failure = await vault.ReadFailureAsync();

        Assert.Equal("no-credentials-for-the-store", failure.Topic);
        Assert.All(["AZURE_TENANT_ID", "AZURE_CLIENT_SECRET", "id-token: write", "AZURE_FEDERATED_TOKEN_FILE", "SYSTEM_ACCESSTOKEN",
            "managed identity"], way => Assert.Contains(way, failure.Remedy, StringComparison.Ordinal));
    }

    private static async Task ArrivedAsync(Vault vault)
    {
        while (vault.Sandbox.Requests.Count == 0)
        {
            await Task.Yield();
        }
    }

    private static async Task<string> MachineTokenAsync(Vault vault)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, vault.At($"{Path}?api-version=2018-02-01&{Resource}"));
        request.Headers.Add("Metadata", "true");
        var reply = await vault.Line.Connection.Http.SendAsync(request, new AttemptInfo("Test"), CancellationToken.None);
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        return JsonField.Text(reply.Body, "access_token")!;
    }
}
