using System.Text.Json;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests;

/// <summary>The Azure Pipelines agent's own proxy, as it passes it to a task: a real proxy, TLS through it.</summary>
public sealed class AgentProxyTests
{
    [ProxyTheory]
    [InlineData(ProxyKind.Tinyproxy)]
    [InlineData(ProxyKind.Squid)]
    public async Task Token_is_fetched_through_the_agents_proxy(ProxyKind kind)
    {
        await using var proxy = await LoopbackProxy.StartAsync(kind);
        await using var world = await OverTlsAsync(proxy.Port);

        var run = await world.RunAsync();

        Assert.Equal(Canary.Token.Value, run.AgentLog().Outputs["accessToken"].Value);
        Assert.True(await proxy.LetThroughAsync(world.Sandbox.HttpsAddress));
        run.AssertNoSecretShows();
    }

    [ProxyTheory]
    [InlineData(ProxyKind.Tinyproxy)]
    [InlineData(ProxyKind.Squid)]
    public async Task Token_is_fetched_with_the_agents_password_for_the_proxy(ProxyKind kind)
    {
        await using var proxy = await LoopbackProxy.StartAsync(kind, "builder pa55word");
        await using var world = await OverTlsAsync(proxy.Port);
        world.Environment["AGENT_PROXYUSERNAME"] = "builder";
        world.Environment["SECRET_AGENT_PROXYPASSWORD"] = "pa55word";

        var run = await world.RunAsync();

        Assert.Equal(Canary.Token.Value, run.AgentLog().Outputs["accessToken"].Value);
        Assert.True(await proxy.LetThroughAsync(world.Sandbox.HttpsAddress));
        Assert.DoesNotContain("pa55word", string.Join('\n', run.AgentLog().Shown), StringComparison.Ordinal);
    }

    [ProxyTheory]
    [InlineData(ProxyKind.Tinyproxy)]
    [InlineData(ProxyKind.Squid)]
    public async Task Wrong_password_of_the_proxy_is_explained(ProxyKind kind)
    {
        await using var proxy = await LoopbackProxy.StartAsync(kind, "builder pa55word");
        await using var world = await OverTlsAsync(proxy.Port);
        world.Environment["AGENT_PROXYUSERNAME"] = "builder";
        world.Environment["SECRET_AGENT_PROXYPASSWORD"] = "wr0ng-pa55word";

        Scenario.Verify(await world.RunAsync(), exitCode: 7, $"{kind}");
        Assert.Empty(world.Sandbox.Requests);
    }

    [ProxyTheory]
    [InlineData(ProxyKind.Tinyproxy, @"^https://127\.0\.0\.1(:\d+)?$", false)]
    [InlineData(ProxyKind.Tinyproxy, @"^https://127\.0\.0\.1$", true)]
    [InlineData(ProxyKind.Tinyproxy, @"internal\.example\.test", true)]
    [InlineData(ProxyKind.Squid, @"^https://127\.0\.0\.1(:\d+)?$", false)]
    public async Task Hosts_on_the_bypass_list_are_reached_directly(ProxyKind kind, string expression, bool isThrough)
    {
        await using var proxy = await LoopbackProxy.StartAsync(kind);
        await using var world = await OverTlsAsync(proxy.Port);
        world.Environment["AGENT_PROXYBYPASSLIST"] = JsonSerializer.Serialize(new[] { "(not an expression", expression });

        var run = await world.RunAsync();

        Assert.Equal(Canary.Token.Value, run.AgentLog().Outputs["accessToken"].Value);
        Assert.Equal(isThrough, await proxy.LetThroughAsync(world.Sandbox.HttpsAddress));
        Assert.Single(run.AgentLog().Issues, issue => issue.Message.Contains("no regular expression", StringComparison.Ordinal));
    }

    private static async Task<World> OverTlsAsync(int proxyPort)
    {
        var world = await World.AzureAsync();
        world.Inputs["token-url"] = new Uri(world.Sandbox.HttpsAddress, "oauth/token").ToString();
        world.Inputs["ca-certificate"] = world.GiveFile("authority.pem", world.Sandbox.CertificateAuthorityPem);
        world.Environment["AGENT_PROXYURL"] = $"http://127.0.0.1:{proxyPort}";
        return world;
    }
}
