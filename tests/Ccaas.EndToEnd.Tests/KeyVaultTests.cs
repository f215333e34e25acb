using System.Net;
using Azure;
using Azure.Core;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Ccaas.Sandbox;
using Ccaas.Sandbox.KeyVault;

namespace Ccaas.EndToEnd.Tests;

/// <summary>The sandbox's vault and directory, as the vendor's own clients see them.</summary>
public sealed class KeyVaultTests
{
    private const string ClientId = "5a4db0c5-0000-4000-8000-00000000c11e";
    private const string ClientSecret = "s3cr3t+of the~build";
    private const string Name = "ccaas-access-token";
    private const string Audience = "api://AzureADTokenExchange";

    private static readonly SandboxEntra Entra = new()
    {
        Clients =
        [
            new SandboxEntraClient(ClientId)
            {
                ClientSecret = ClientSecret,
                AcceptsAssertion = assertion => assertion is { Issuer: FederatedToken.Issuer, Subject: FederatedToken.Subject },
            },
            new SandboxEntraClient("reader") { ClientSecret = ClientSecret, Access = SandboxSecretAccess.Read },
            new SandboxEntraClient("machine") { IsManagedIdentity = true },
        ],
    };

    [Fact]
    public async Task Secret_is_written_and_read_with_everything_that_is_said_about_it()
    {
        await using var sandbox = await StartAsync();
        var client = Client(sandbox);
        var expires = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);

        var written = (await client.SetSecretAsync(new KeyVaultSecret(Name, "t0ken")
        {
            Properties = { ExpiresOn = expires, NotBefore = expires.AddDays(
                -1), ContentType = "text/plain", Tags = { ["region"] = "mypurecloud.de" } },
        })).Value;
        var read = (await client.GetSecretAsync(Name)).Value;

        Assert.Equal("t0ken", read.Value);
        Assert.Equal(written.Properties.Version, read.Properties.Version);
        Assert.Equal((expires, expires.AddDays(-1)), (read.Properties.ExpiresOn, read.Properties.NotBefore));
        Assert.Equal(("text/plain", "mypurecloud.de"), (read.Properties.ContentType, read.Properties.Tags["region"]));
        Assert.Equal((true, "Recoverable+Purgeable", 90),
            (read.Properties.Enabled, read.Properties.RecoveryLevel, read.Properties.RecoverableDays));
        Assert.Equal(new Uri(sandbox.HttpsAddress, $"/secrets/{Name}/{read.Properties.Version}"), read.Id);
        Assert.Equal(expires, sandbox.Secrets.KeyVault.Find(Name)!.Current!.ExpiresAt);
        Assert.Equal("t0ken", sandbox.Secrets.KeyVault.Value(Name));
        Assert.All(sandbox.Requests, request => Assert.True(request.Known, $"{request.Method} {request.Path}"));
    }

    [Fact]
    public async Task Client_is_told_first_where_tokens_are_to_be_had_and_sends_no_secret_before()
    {
        await using var sandbox = await StartAsync();

        await Client(sandbox).SetSecretAsync(Name, "t0ken");

        Assert.Equal(
            [$"PUT /secrets/{Name} 401", $"POST /{Entra.TenantId}/oauth2/v2.0/token 200", $"PUT /secrets/{Name} 200"],
            sandbox.Requests.Select(request => $"{request.Method} {request.Path} {request.Status}"));
        Assert.Empty(sandbox.Requests[0].Body);
    }

    [Fact]
    public async Task Every_version_stays_readable_and_the_last_is_the_current_one()
    {
        await using var sandbox = await StartAsync();
        var client = Client(sandbox);
        var first = (await client.SetSecretAsync(Name, "one")).Value.Properties.Version;
        var second = (await client.SetSecretAsync(Name, "two")).Value.Properties.Version;

        var versions = new List<string>();
        await foreach (var version in client.GetPropertiesOfSecretVersionsAsync(Name))
        {
            versions.Add(version.Version);
        }

        Assert.Equal([first, second], versions);
        Assert.Equal("one", (await client.GetSecretAsync(Name, first)).Value.Value);
        Assert.Equal("two", (await client.GetSecretAsync(Name)).Value.Value);
        Assert.Equal("two", sandbox.Secrets.KeyVault.Value(Name.ToUpperInvariant()));
        await AssertRefusedAsync(404, "SecretNotFound", () => client.GetSecretAsync(Name, new string('0', 32)));
    }

    [Fact]
    public async Task Attributes_of_a_version_change_and_a_disabled_one_is_not_read()
    {
        await using var sandbox = await StartAsync();
        var client = Client(sandbox);
        var properties = (await client.SetSecretAsync(Name, "t0ken")).Value.Properties;
        properties.Enabled = false;
        properties.ExpiresOn = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);

        var updated = (await client.UpdateSecretPropertiesAsync(properties)).Value;

        Assert.Equal((false, properties.ExpiresOn), (updated.Enabled, updated.ExpiresOn));
        await AssertRefusedAsync(403, "Forbidden", () => client.GetSecretAsync(Name));
    }

    [Fact]
    public async Task Deleted_secret_is_neither_read_nor_written_until_it_is_recovered()
    {
        await using var sandbox = await StartAsync();
        var client = Client(sandbox);
        await client.SetSecretAsync(Name, "t0ken");

        var deletion = await client.StartDeleteSecretAsync(Name);
        await deletion.WaitForCompletionAsync(TimeSpan.FromMilliseconds(1), CancellationToken.None);

        Assert.Equal(TimeSpan.FromDays(90), deletion.Value.ScheduledPurgeDate - deletion.Value.DeletedOn);
        await AssertRefusedAsync(404, "SecretNotFound", () => client.GetSecretAsync(Name));
        await AssertRefusedAsync(409, "Conflict", () => client.SetSecretAsync(Name, "another"));
        Assert.Null(sandbox.Secrets.KeyVault.Value(Name));

        var recovery = await client.StartRecoverDeletedSecretAsync(Name);
        await recovery.WaitForCompletionAsync(TimeSpan.FromMilliseconds(1), CancellationToken.None);

        Assert.Equal("t0ken", (await client.GetSecretAsync(Name)).Value.Value);
    }

    [Fact]
    public async Task Purged_secret_leaves_its_name_free()
    {
        await using var sandbox = await StartAsync();
        var client = Client(sandbox);
        await client.SetSecretAsync(Name, "t0ken");
        await client.StartDeleteSecretAsync(Name);

        await client.PurgeDeletedSecretAsync(Name);

        await AssertRefusedAsync(404, "SecretNotFound", () => client.GetDeletedSecretAsync(Name));
        Assert.Empty(sandbox.Secrets.KeyVault.All);
        await client.SetSecretAsync(Name, "another");
        Assert.Single(sandbox.Secrets.KeyVault.Find(Name)!.Versions);
    }

    [Fact]
    public async Task Reader_may_not_write()
    {
        await using var sandbox = await StartAsync();
        var reader = KeyVaultClient.Of(sandbox, KeyVaultClient.Secret(sandbox, Entra.TenantId, "reader", ClientSecret));

        await AssertRefusedAsync(403, "Forbidden", () => reader.SetSecretAsync(Name, "t0ken"));
        await AssertRefusedAsync(404, "SecretNotFound", () => reader.GetSecretAsync(Name));
    }

    [Fact]
    public async Task Federated_token_is_taken_for_a_secret()
    {
        await using var sandbox = await StartAsync();
        var credential = KeyVaultClient.Assertion(
            sandbox, Entra.TenantId, ClientId, FederatedToken.Create(Audience, TimeSpan.FromMinutes(5)));

        await KeyVaultClient.Of(sandbox, credential).SetSecretAsync(Name, "t0ken");

        Assert.Equal("t0ken", sandbox.Secrets.KeyVault.Value(Name));
        Assert.Equal(["PUT 401", "POST 200", "PUT 200"], sandbox.Requests.Select(request => $"{request.Method} {request.Status}"));
    }

    [Theory]
    [InlineData(Audience, -1, "AADSTS700024")]
    [InlineData("api://another", 5, "AADSTS700212")]
    public async Task Federated_token_for_another_time_or_audience_is_refused(string audience, int minutes, string code)
    {
        await using var sandbox = await StartAsync();

        await AssertUnknownAsync(code, KeyVaultClient.Assertion(
            sandbox, Entra.TenantId, ClientId, FederatedToken.Create(audience, TimeSpan.FromMinutes(minutes))));
    }

    [Fact]
    public async Task Federated_token_of_a_client_that_trusts_none_is_refused()
    {
        await using var sandbox = await StartAsync();

        await AssertUnknownAsync("AADSTS700213", KeyVaultClient.Assertion(
            sandbox, Entra.TenantId, "reader", FederatedToken.Create(Audience, TimeSpan.FromMinutes(5))));
    }

    [Fact]
    public async Task Wrong_secret_client_or_tenant_is_refused()
    {
        await using var sandbox = await StartAsync();

        await AssertUnknownAsync("AADSTS7000215", KeyVaultClient.Secret(sandbox, Entra.TenantId, ClientId, "yesterdays"));
        await AssertUnknownAsync("AADSTS700016", KeyVaultClient.Secret(sandbox, Entra.TenantId, "nobody", ClientSecret));
        await AssertUnknownAsync("AADSTS90002", KeyVaultClient.Secret(sandbox, "another-tenant", ClientId, ClientSecret));
    }

    [Fact]
    public async Task Machine_is_given_a_token_for_the_vault()
    {
        await using var sandbox = await StartAsync();

        await KeyVaultClient.Of(sandbox, KeyVaultClient.ManagedIdentity(sandbox)).SetSecretAsync(Name, "t0ken");

        Assert.Equal("t0ken", sandbox.Secrets.KeyVault.Value(Name));
        Assert.Contains(sandbox.Requests, request => request is { Path: "/metadata/identity/oauth2/token", Status: 200 });
        Assert.All(sandbox.Requests, request => Assert.True(request.Known, $"{request.Method} {request.Path}"));
    }

    [Fact]
    public async Task Too_many_requests_are_tried_again_by_the_client()
    {
        await using var sandbox = await StartAsync();
        var client = Client(sandbox, retries: 1);
        sandbox.Faults.Enqueue("/secrets/", Fault.None);
        sandbox.Faults.Enqueue("/secrets/", Fault.KeyVaultError(429, "Throttled", "Request was not processed.", retryAfter: TimeSpan.Zero));

        await client.SetSecretAsync(Name, "t0ken");

        Assert.Equal([401, 429, 200], sandbox.Requests.Where(request => request.Method == "PUT").Select(request => request.Status));
    }

    [Fact]
    public async Task Policy_that_forbids_is_told_in_the_vaults_words()
    {
        await using var sandbox = await StartAsync();
        sandbox.Faults.Enqueue("/secrets/", Fault.None);
        sandbox.Faults.Enqueue("/secrets/",
            Fault.KeyVaultError(403, "Forbidden", "Client address is not authorized.", "ForbiddenByPolicy"));

        var refusal = await AssertRefusedAsync(403, "Forbidden", () => Client(sandbox).GetSecretAsync(Name));

        Assert.Contains("ForbiddenByPolicy", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "BadParameter")]
    [InlineData("?api-version=tomorrow", "BadParameter")]
    [InlineData("?api-version=7.4", "SecretNotFound")]
    public async Task Version_of_the_api_is_required(string query, string code)
    {
        await using var sandbox = await StartAsync();
        var token = await KeyVaultClient.Secret(sandbox, Entra.TenantId, ClientId, ClientSecret)
            .GetTokenAsync(new TokenRequestContext(["https://vault.azure.net/.default"]), CancellationToken.None);
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(sandbox.HttpAddress, $"/secrets/{Name}{query}"));
        request.Headers.Authorization = new("Bearer", token.Token);

        using var response = await http.SendAsync(request, CancellationToken.None);

        Assert.Equal(code == "SecretNotFound" ? HttpStatusCode.NotFound : HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(code, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static Task<SandboxServer> StartAsync() => SandboxServer.StartAsync(new SandboxOptions { Vendors = [Entra] });

    private static SecretClient Client(SandboxServer sandbox, int retries = 0) =>
        KeyVaultClient.Of(sandbox, KeyVaultClient.Secret(sandbox, Entra.TenantId, ClientId, ClientSecret), retries);

    private static async Task<RequestFailedException> AssertRefusedAsync(int status, string code, Func<Task> call)
    {
        var refusal = await Assert.ThrowsAsync<RequestFailedException>(call);
        Assert.Equal((status, code), (refusal.Status, refusal.ErrorCode));
        return refusal;
    }

    private static async Task AssertUnknownAsync(string code, TokenCredential credential)
    {
        var refusal = await Assert.ThrowsAsync<AuthenticationFailedException>(async () =>
            await credential.GetTokenAsync(new TokenRequestContext(["https://vault.azure.net/.default"]), CancellationToken.None));
        Assert.True(refusal.ToString().Contains($"{code}:", StringComparison.Ordinal), refusal.ToString());
    }
}
