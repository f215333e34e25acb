using System.Net.Http.Headers;
using System.Text.Json;
using Ccaas.Sandbox;
using Ccaas.Testing;

namespace Ccaas.Action.Tests.Sandbox;

/// <summary>
/// What the vendors' own clients read of a vendor's response, and the program does not; the end-to-end tests run those clients.
/// </summary>
public sealed class SandboxResponseTests
{
    private static readonly SandboxClient Client =
        new(Canary.ClientId, Canary.ClientSecret.Value, "00D50000000IZ3ZEAW", "Example Contact Centre");

    [Theory]
    [InlineData("api/v2/organizations/me", "defaultCountryCode", "US")]
    [InlineData("api/v2/tokens/me", "OAuthClient", $$"""{"id":"{{Canary.ClientId}}"}""")]
    [InlineData("cxone/.well-known/cxone-configuration?tenantId=00D50000000IZ3ZEAW", "acdDomain", "acd.sandbox.invalid")]
    [InlineData("cxone/.well-known/cxone-configuration?tenantId=00D50000000IZ3ZEAW", "uhDomain", "hub.sandbox.invalid")]
    [InlineData("salesforce/services/oauth2/userinfo", "organization_id", "00D50000000IZ3ZEAW")]
    public async Task Field_that_clients_read_is_there(string address, string field, string value)
    {
        await using var sandbox = await StartAsync();

        var (status, body) = await SendAsync(sandbox, HttpMethod.Get, address, await ObtainAsync(sandbox));

        Assert.Equal(200, status);
        Assert.Equal(value, JsonSerializer.Deserialize<JsonElement>(body).GetProperty(field).ToString());
    }

    [Theory]
    [InlineData("HEAD", "api/v2/tokens/me", 204, 401)]
    [InlineData("GET", "salesforce/services/data", 200, 200)]
    [InlineData("GET", "salesforce/services/data/v64.0", 200, 401)]
    [InlineData("GET", "salesforce/services/data/v64.0/query?q=SELECT+Id+FROM+Organization", 200, 401)]
    [InlineData("GET", "salesforce/services/data/v64.0/query?q=SELECT+Secret+FROM+Organization", 400, 401)]
    [InlineData("GET", "salesforce/id/00D50000000IZ3ZEAW/005000000000000AAA", 403, 403)]
    public async Task Token_that_is_unknown_is_refused(string method, string address, int status, int refusal)
    {
        await using var sandbox = await StartAsync();

        var (known, _) = await SendAsync(sandbox, HttpMethod.Parse(method), address, await ObtainAsync(sandbox));
        var (unknown, _) = await SendAsync(sandbox, HttpMethod.Parse(method), address, "00D50000000IZ3Z!unknown");

        Assert.Equal((status, refusal), (known, unknown));
    }

    /// <summary>jsforce does that.</summary>
    [Fact]
    public async Task Token_that_a_client_repeats_in_the_address_is_not_shown_to_others()
    {
        await using var sandbox = await StartAsync();
        var token = await ObtainAsync(sandbox);

        await SendAsync(sandbox, HttpMethod.Get, $"salesforce/services/data/v64.0?format=json&oauth_token={Uri.EscapeDataString(token)}",
            token);

        var (_, shown) = await SendAsync(sandbox, HttpMethod.Get, "_sandbox/requests", "none");
        Assert.Contains("format=json&oauth_token=***", JsonSerializer.Deserialize<JsonElement>(shown)[1].GetProperty("query").GetString(),
            StringComparison.Ordinal);
        Assert.DoesNotContain(token[16..], shown, StringComparison.Ordinal);
    }

    private static Task<SandboxServer> StartAsync() => SandboxServer.StartAsync(new SandboxOptions { Clients = [Client], Control = true });

    private static async Task<string> ObtainAsync(SandboxServer sandbox)
    {
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(sandbox.HttpAddress, "salesforce/services/oauth2/token"))
        {
            Content = new FormUrlEncodedContent(
                [new("grant_type", "client_credentials"), new("client_id", Client.ClientId), new("client_secret", Client.ClientSecret)]),
        };
        using var response = await http.SendAsync(request, CancellationToken.None);
        return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()).GetProperty("access_token").GetString()!;
    }

    private static async Task<(int Status, string Body)> SendAsync(SandboxServer sandbox, HttpMethod method, string address, string token)
    {
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(method, new Uri(sandbox.HttpAddress, address));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request, CancellationToken.None);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
